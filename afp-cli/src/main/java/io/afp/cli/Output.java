package io.afp.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.finding.Finding;
import io.afp.core.error.AfpException;
import io.afp.core.error.Category;
import io.afp.core.error.Problem;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a command says: results on stdout, everything else on stderr. With {@code --json} stdout has
 * exactly one document.
 *
 * @param command the name of the command
 * @param json whether the result is a JSON document
 */
record Output(String command, boolean json) {

  static final int WIDTH = 100;
  static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

  static boolean wantsJson(String[] args) {
    return Arrays.asList(args).contains("--json");
  }

  /** Ends a command well. */
  int success(String text, JsonNode data, List<Problem> warnings) {
    return end(0, text, data, warnings);
  }

  /** Ends a command whose result is no success but still a result. */
  int end(int exitCode, String text, JsonNode data, List<Problem> problems) {
    if (!json) {
      problems.forEach(Stderr::print);
    }
    return ended(exitCode, text, data, problems.stream().map(Output::diagnostic));
  }

  /** Ends a command whose result is what is wrong with the artefacts of the process. */
  int findings(String text, JsonNode data, List<Finding> findings) {
    boolean failed = findings.stream().anyMatch(Finding::isError);
    int exitCode = failed ? Category.DATA.exitCode() : 0;
    return findings(exitCode, text, data, findings);
  }

  /** Ends a command that writes nothing, because what it would be made from can't be read. */
  int unread(List<Finding> findings) {
    return findings("Nothing was written", JSON.nullNode(), findings);
  }

  /** The same, where another exit code says more. */
  int findings(int exitCode, String text, JsonNode data, List<Finding> findings) {
    if (!json) {
      findings.forEach(finding -> System.out.println(text(finding)));
    }
    return ended(exitCode, text, data, findings.stream().map(Output::diagnostic));
  }

  private int ended(int exitCode, String text, JsonNode data, Stream<ObjectNode> diagnostics) {
    if (json) {
      print(document(exitCode == 0, data, diagnostics));
    } else if (!text.isBlank()) {
      System.out.println(text);
    }
    return exitCode;
  }

  private static String text(Finding finding) {
    String severity = finding.isError() ? "" : "warning ";
    return "%s%s  %s\n    at   %s\n    fix  %s"
        .formatted(severity, finding.code(), finding.message(), finding.place(), finding.fix());
  }

  /** Ends a command that failed. */
  int failure(AfpException failure) {
    return end(failure.exitCode(), "", JSON.nullNode(), failure.problems());
  }

  private ObjectNode document(boolean ok, JsonNode data, Stream<ObjectNode> diagnostics) {
    ObjectNode document = JSON.createObjectNode();
    document.put("afp", "1").put("command", command).put("ok", ok);
    document.set("data", data);
    diagnostics.forEach(document.putArray("diagnostics")::add);
    return document;
  }

  private static ObjectNode diagnostic(Finding finding) {
    return JSON.createObjectNode()
        .put("severity", finding.code().severity().name().toLowerCase(Locale.ROOT))
        .put("code", finding.code().name())
        .put("message", finding.message())
        .put("path", finding.path())
        .put("line", finding.line() == 0 ? null : Integer.valueOf(finding.line()))
        .put("fix", finding.fix());
  }

  private static ObjectNode diagnostic(Problem problem) {
    ObjectNode node = JSON.createObjectNode();
    String file = problem.location().file();
    return node.put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
        .put("code", problem.code().code())
        .put("message", problem.message())
        .put("path", file.isEmpty() ? null : file)
        .put(
            "line",
            problem.location().line() == 0 ? null : Integer.valueOf(problem.location().line()))
        .put("yaml_path", problem.location().path().isEmpty() ? null : problem.location().path())
        .put("fix", problem.fix());
  }

  static void print(JsonNode document) {
    PrintStream out = System.out;
    try {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree is always JSON", e);
    }
  }
}
