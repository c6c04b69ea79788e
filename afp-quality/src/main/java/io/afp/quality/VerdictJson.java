package io.afp.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableName;
import io.afp.core.job.JobResult;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.CheckPlan;
import io.afp.core.measure.CheckPlan.Group;
import java.util.Locale;

/** Verdicts and plans as {@code --json} shows them, with their text for people. */
final class VerdictJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private VerdictJson() {}

  static ObjectNode of(QualityResult result) {
    ObjectNode data = JSON.createObjectNode();
    data.put("table", result.table().toString()).put("passed", result.passed());
    ArrayNode checks = data.putArray("checks");
    result.verdicts().forEach(verdict -> describe(result.table(), verdict, checks.addObject()));
    return data.put("text", VerdictText.of(result));
  }

  private static void describe(TableName table, Verdict verdict, ObjectNode node) {
    CheckDef check = verdict.check();
    node.put("table", table.toString())
        .put("check", check.name())
        .put("severity", word(check.severity()))
        .put("status", word(verdict.status()))
        .put("rows_judged", verdict.rowsJudged())
        .put("rows_failed", verdict.rowsFailed())
        .put("measured_in", verdict.origin())
        .put("message", verdict.message());
    check.about().description().ifPresent(text -> node.put("description", text));
    check.about().owner().ifPresent(owner -> node.put("owner", owner));
    if (!check.about().tags().isEmpty()) {
      check.about().tags().forEach(node.putArray("tags")::add);
    }
    ArrayNode samples = node.putArray("samples");
    verdict.samples().forEach(sample -> samples.add(JSON.<ObjectNode>valueToTree(sample.values())));
  }

  /** How checks are answered, and why some can't be. */
  static ObjectNode of(QualityPlan plan) {
    CheckPlan answers = plan.answers();
    ObjectNode data = JSON.createObjectNode();
    data.put("table", plan.table().toString())
        .put("scans", answers.scans())
        .put("shuffles", answers.shuffles());
    ArrayNode groups = data.putArray("groups");
    for (Group group : answers.groups()) {
      ObjectNode of = groups.addObject();
      of.put("answered_by", word(group.way()))
          .put("scans", group.scans())
          .put("shuffles", group.shuffles());
      ArrayNode checks = of.putArray("checks");
      group.checks().forEach(check -> checks.add(check.name()));
    }
    data.set("broken", JSON.valueToTree(plan.broken()));
    return data.put("text", VerdictText.of(plan));
  }

  /** As the command prints it. */
  static String document(JobResult result, ObjectNode answer) {
    ObjectNode document = JSON.createObjectNode();
    document.put("afp", "1").put("command", "quality check").put("ok", result.exitCode() == 0);
    ObjectNode data = answer == null ? null : answer.deepCopy();
    if (data != null) {
      data.remove("text");
    }
    document.set("data", data);
    result.diagnostics(document.putArray("diagnostics"));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree is always JSON", e);
    }
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
