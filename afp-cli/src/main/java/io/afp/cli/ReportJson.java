package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.ledger.RunReport;
import java.util.Optional;

/** A run report as JSON. */
final class ReportJson {

  private ReportJson() {}

  static ObjectNode of(Optional<RunReport> report) {
    ObjectNode node = Output.JSON.createObjectNode();
    report.ifPresent(r -> describe(r, node));
    return node;
  }

  private static void describe(RunReport report, ObjectNode node) {
    node.put("run_id", report.run().id().toString())
        .put("pipeline", report.run().pipeline())
        .put("interval", report.run().request())
        .put("state", report.run().state())
        .put("attempts", report.attempts())
        .put("release", report.run().release().orElse(null));
    ArrayNode steps = node.putArray("steps");
    report.steps().forEach(step -> step(step, steps.addObject()));
    ArrayNode checks = node.putArray("checks");
    report.checks().forEach(check -> check(check, checks.addObject()));
    ArrayNode rejects = node.putArray("rejects");
    report.rejects().forEach(reject -> reject(reject, rejects.addObject()));
  }

  private static void step(RunReport.Step step, ObjectNode node) {
    node.put("table", step.table().toString())
        .put("phase", step.phase())
        .put("state", step.state())
        .put("rows_in", step.rowsIn())
        .put("rows_out", step.rowsOut())
        .put("rows_rejected", step.rowsRejected())
        .put("bytes", step.bytes())
        .put("seconds", step.duration().toMillis() / 1000.0)
        .put("taken_over", step.takenOver());
  }

  static void check(RunReport.Check check, ObjectNode node) {
    node.put("table", check.table().toString())
        .put("check", check.name())
        .put("severity", check.severity())
        .put("status", check.status())
        .put("rows_judged", check.rowsJudged())
        .put("rows_failed", check.rowsFailed())
        .put("measured_in", check.origin())
        .put("message", check.message());
    check.about().description().ifPresent(text -> node.put("description", text));
    check.about().owner().ifPresent(owner -> node.put("owner", owner));
    if (!check.about().tags().isEmpty()) {
      ArrayNode tags = node.putArray("tags");
      check.about().tags().forEach(tags::add);
    }
    ArrayNode samples = node.putArray("samples");
    check
        .samples()
        .forEach(sample -> samples.add(Output.JSON.<ObjectNode>valueToTree(sample.values())));
  }

  static void reject(RunReport.Reject reject, ObjectNode node) {
    node.put("table", reject.table().toString())
        .put("column", reject.column())
        .put("reason", reject.reason())
        .put("rows", reject.rows())
        .put("value", reject.value())
        .put("file", reject.file());
  }
}
