package io.afp.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One line of the log of a driver.
 *
 * @param level empty for what something else than the log has printed
 * @param json the record as it was logged
 */
record LogRecord(Optional<Level> level, JsonNode json) {

  /** How bad it is, from bad to worse. */
  enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    FATAL
  }

  static LogRecord of(String line) {
    try {
      JsonNode json = Output.JSON.readTree(line);
      if (json.isObject()) {
        return new LogRecord(level(json.path("level").asText()), json);
      }
    } catch (JsonProcessingException e) {
      // the virtual machine and libraries print what they like
    }
    return new LogRecord(
        Optional.empty(), JsonNodeFactory.instance.objectNode().put("message", line));
  }

  private static Optional<Level> level(String text) {
    return Arrays.stream(Level.values()).filter(l -> l.name().equals(text)).findFirst();
  }

  /** Whether it was logged in the run whose id starts so. */
  boolean isOf(String run) {
    return json.path("correlation_id").asText().startsWith(run.toLowerCase(Locale.ROOT));
  }

  boolean isAtLeast(Level lowest) {
    return level.filter(l -> l.compareTo(lowest) >= 0).isPresent();
  }

  /** {@code time level step message}, and the stack trace below it. */
  String text() {
    if (level.isEmpty()) {
      return json.path("message").asText();
    }
    String step = json.path("step").asText();
    String said = json.path("message").asText() + "\n" + json.path("exception").asText();
    return "%s %-5s %s%s"
        .formatted(
            json.path("ts").asText().replace('T', ' '),
            level.get(),
            step.isEmpty() ? "" : step + " ",
            indented(said));
  }

  /** All lines but the first. */
  private static String indented(String text) {
    return text.lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.replace("\t", "  "))
        .collect(Collectors.joining("\n    "));
  }
}
