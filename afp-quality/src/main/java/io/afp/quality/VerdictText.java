package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.error.Count;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.CheckPlan;
import io.afp.core.text.TextColumns;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Verdicts and plans for people, as {@code afp checks} and {@code afp quality explain} have them.
 */
final class VerdictText {

  private VerdictText() {}

  static String of(QualityResult result) {
    TextColumns rows = table("table", "check", "status", "judged", "failed", "severity");
    for (Verdict verdict : result.verdicts()) {
      rows.row(
          result.table().toString(),
          verdict.check().name(),
          VerdictJson.word(verdict.status()),
          "%,d".formatted(verdict.rowsJudged()),
          "%,d".formatted(verdict.rowsFailed()),
          VerdictJson.word(verdict.check().severity()));
    }
    StringBuilder text = new StringBuilder(rows.toString()).append("\n\n").append(summary(result));
    result.verdicts().stream().filter(VerdictText::isTold).forEach(v -> describe(v, text));
    return text.toString();
  }

  private static boolean isTold(Verdict verdict) {
    return verdict.status().stopsPublish() || verdict.status() == Verdict.Status.WARNED;
  }

  private static String summary(QualityResult result) {
    Map<Verdict.Status, Long> counts =
        result.verdicts().stream()
            .collect(Collectors.groupingBy(Verdict::status, Collectors.counting()));
    return "%s: %s"
        .formatted(
            Count.of(result.verdicts().size(), "check"),
            List.of(Verdict.Status.values()).stream()
                .filter(counts::containsKey)
                .map(status -> "%d %s".formatted(counts.get(status), VerdictJson.word(status)))
                .collect(Collectors.joining(", ")));
  }

  private static void describe(Verdict verdict, StringBuilder text) {
    text.append(
        "\n  %-6s %s: %s"
            .formatted(
                VerdictJson.word(verdict.status()), verdict.check().name(), verdict.message()));
    verdict
        .samples()
        .forEach(
            sample -> text.append("\n           ").append(TextColumns.line(sample.toString())));
  }

  static String of(QualityPlan plan) {
    TextColumns rows = table("table", "answered by", "scans", "shuffles", "checks");
    for (CheckPlan.Group group : plan.answers().groups()) {
      rows.row(
          plan.table().toString(),
          VerdictJson.word(group.way()),
          Integer.toString(group.scans()),
          Integer.toString(group.shuffles()),
          group.checks().stream().map(CheckDef::name).collect(Collectors.joining(", ")));
    }
    StringBuilder text = new StringBuilder(rows.toString());
    plan.broken().forEach((check, why) -> text.append("\n  broken %s: %s".formatted(check, why)));
    return text.toString();
  }

  private static TextColumns table(String... header) {
    return new TextColumns(UnaryOperator.identity(), header);
  }
}
