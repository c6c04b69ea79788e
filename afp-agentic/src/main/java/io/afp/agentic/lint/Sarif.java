package io.afp.agentic.lint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.core.error.Problem.Severity;
import java.util.List;

/** Findings in SARIF 2.1.0, which code hosts show beside the lines of a change. */
public final class Sarif {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Sarif() {}

  /** The document. */
  public static ObjectNode document(List<Finding> findings, String version) {
    ObjectNode document = JSON.createObjectNode();
    document
        .put("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
        .put("version", "2.1.0");
    ObjectNode run = document.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "afp lint").put("version", version);
    ArrayNode rules = driver.putArray("rules");
    findings.stream()
        .map(Finding::code)
        .distinct()
        .sorted()
        .forEach(c -> rule(c, rules.addObject()));
    ArrayNode results = run.putArray("results");
    findings.forEach(finding -> result(finding, results.addObject()));
    return document;
  }

  private static void rule(Code code, ObjectNode rule) {
    rule.put("id", code.name());
    rule.putObject("shortDescription").put("text", code.title() + ".");
    rule.putObject("fullDescription").put("text", code.why() + ".");
    rule.putObject("help").put("text", code.fix());
    rule.putObject("defaultConfiguration").put("level", level(code));
  }

  private static void result(Finding finding, ObjectNode result) {
    result.put("ruleId", finding.code().name()).put("level", level(finding.code()));
    result.putObject("message").put("text", finding.message() + ". " + finding.fix());
    ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
    place.putObject("artifactLocation").put("uri", finding.path()).put("uriBaseId", "%SRCROOT%");
    if (finding.line() > 0) {
      place.putObject("region").put("startLine", finding.line());
    }
  }

  private static String level(Code code) {
    return code.severity() == Severity.ERROR ? "error" : "warning";
  }
}
