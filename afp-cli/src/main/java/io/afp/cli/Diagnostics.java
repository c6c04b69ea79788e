package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The problems in the document that a driver leaves. */
final class Diagnostics {

  private Diagnostics() {}

  static List<Problem> read(JsonNode document) {
    List<Problem> problems = new ArrayList<>();
    document.path("diagnostics").forEach(node -> problems.add(problem(node)));
    return problems;
  }

  private static Problem problem(JsonNode node) {
    return new Problem(
        Problem.Severity.valueOf(node.path("severity").asText().toUpperCase(Locale.ROOT)),
        code(node.path("code").asText()),
        node.path("message").asText(),
        new Location(
            node.path("file").asText(), node.path("line").asInt(), node.path("path").asText()),
        node.path("fix").asText());
  }

  private static ErrorCode code(String text) {
    return Arrays.stream(ErrorCode.values())
        .filter(c -> c.code().equals(text))
        .findFirst()
        .orElse(ErrorCode.INTERNAL);
  }
}
