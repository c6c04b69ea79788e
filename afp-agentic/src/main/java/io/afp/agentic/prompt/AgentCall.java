package io.afp.agentic.prompt;

import io.afp.agentic.command.CommandCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How an agent is called: it gets the prompt on its standard input.
 *
 * @param words of its command
 * @param answersJson whether anything but a JSON object is no answer
 * @param model which one is asked for; may be empty
 * @param budget the most that it may cost, in US dollars; 0 for no limit
 */
public record AgentCall(
    List<String> words, boolean answersJson, String model, double budget, Duration timeLimit) {

  private static final int LONGEST_ANSWER = 16 << 20;

  /** Claude Code, without a person at it. */
  public static AgentCall claude(
      String model, OptionalInt turns, OptionalDouble budget, Duration timeLimit) {
    List<String> words = new ArrayList<>(List.of("claude", "-p", "--output-format", "json"));
    words.addAll(List.of("--permission-mode", "acceptEdits"));
    if (!model.isEmpty()) {
      words.addAll(List.of("--model", model));
    }
    turns.ifPresent(most -> words.addAll(List.of("--max-turns", String.valueOf(most))));
    budget.ifPresent(most -> words.addAll(List.of("--max-budget-usd", String.valueOf(most))));
    return new AgentCall(List.copyOf(words), true, model, budget.orElse(0), timeLimit);
  }

  /** Any command; what it is asked for stands in its own words. */
  public static AgentCall command(List<String> words, OptionalDouble budget, Duration timeLimit) {
    return new AgentCall(List.copyOf(words), false, "", budget.orElse(0), timeLimit);
  }

  CommandCall on(Path root, Prompt prompt) {
    return CommandCall.answering(words, root, prompt.text(), timeLimit, LONGEST_ANSWER);
  }
}
