package io.afp.agentic.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afp.agentic.command.CommandRun;

/**
 * What an agent answered. Every value may be missing; unknown ones are passed over.
 *
 * @param failure why it is no success, in a few words; empty where it is one
 * @param said its own words
 * @param usd what it says that it cost
 */
record AgentAnswer(
    String failure,
    String said,
    String model,
    String session,
    double usd,
    long turns,
    long inputTokens,
    long outputTokens) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads what a command printed.
   *
   * @param wantsJson whether anything but a JSON object is a failure
   * @param budget the most that it may have cost; 0 for no limit
   */
  static AgentAnswer of(CommandRun run, boolean wantsJson, double budget) {
    JsonNode json = json(run.tail());
    String failure = failure(run, json, wantsJson, budget);
    JsonNode usage = json.path("usage");
    return new AgentAnswer(
        failure,
        json.isObject() ? json.path("result").asText() : run.tail(),
        model(json),
        json.path("session_id").asText(),
        json.path("total_cost_usd").asDouble(),
        json.path("num_turns").asLong(),
        usage.path("input_tokens").asLong() + usage.path("cache_read_input_tokens").asLong(),
        usage.path("output_tokens").asLong());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.isBlank() ? "null" : text);
    } catch (JsonProcessingException e) {
      return JSON.nullNode();
    }
  }

  private static String failure(CommandRun run, JsonNode json, boolean wantsJson, double budget) {
    if (!run.failure().isEmpty()) {
      return run.failure().replaceFirst("^its command", "the agent");
    }
    if (wantsJson && !json.isObject()) {
      return "the answer of the agent is no JSON object";
    }
    if (json.path("is_error").asBoolean()) {
      return "the agent gave up (reason=%s)".formatted(json.path("subtype").asText("unknown"));
    }
    double usd = json.path("total_cost_usd").asDouble();
    return budget > 0 && usd > budget
        ? "the agent cost more than it may (usd=%s, budget=%s)".formatted(usd, budget)
        : "";
  }

  /** The first of those that it used, without what is in no name: an agent's words are data. */
  private static String model(JsonNode json) {
    JsonNode used = json.path("modelUsage");
    String model =
        used.isObject() && used.fieldNames().hasNext()
            ? used.fieldNames().next()
            : json.path("model").asText();
    return model.replaceAll("[^\\w.:-]", "");
  }
}
