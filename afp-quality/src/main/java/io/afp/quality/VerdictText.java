package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.Count;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.CheckPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Verdicts and plans for people, as {@code afp checks} and {@code afp quality explain} have them.
 */
final class VerdictText {

  private static final String GAP = "  ";

  private VerdictText() {}

  static String of(QualityResult result) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("table", "check", "status", "judged", "failed", "severity"));
    for (Verdict verdict : result.verdicts()) {
      rows.add(
          List.of(
              result.table().toString(),
              verdict.check().name(),
              VerdictJson.word(verdict.status()),
              "%,d".formatted(verdict.rowsJudged()),
              "%,d".formatted(verdict.rowsFailed()),
              VerdictJson.word(verdict.check().severity())));
    }
    StringBuilder text = new StringBuilder(table(rows)).append("\n\n").append(summary(result));
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
        .forEach(sample -> text.append("\n           ").append(line(sample.toString())));
  }

  /** A line break in a value would look like another row. */
  private static String line(String value) {
    return value.replaceAll("\\p{Cntrl}", " ");
  }

  static String of(TableName table, CheckPlan plan, Map<String, String> misfits) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("table", "answered by", "scans", "shuffles", "checks"));
    for (CheckPlan.Group group : plan.groups()) {
      rows.add(
          List.of(
              table.toString(),
              VerdictJson.word(group.way()),
              Integer.toString(group.scans()),
              Integer.toString(group.shuffles()),
              group.checks().stream().map(CheckDef::name).collect(Collectors.joining(", "))));
    }
    StringBuilder text = new StringBuilder(table(rows));
    misfits.forEach((check, why) -> text.append("\n  broken %s: %s".formatted(check, why)));
    return text.toString();
  }

  /** Columns as wide as their widest value; numbers, which all but the head are, to the right. */
  private static String table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    List<String> formats =
        IntStream.range(0, columns).mapToObj(column -> format(rows, column)).toList();
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, columns)
                    .mapToObj(column -> formats.get(column).formatted(line(row.get(column))))
                    .collect(Collectors.joining(GAP))
                    .stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  private static String format(List<List<String>> rows, int column) {
    int width = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
    boolean numeric =
        rows.size() > 1
            && rows.stream().skip(1).allMatch(row -> row.get(column).matches("[\\d,]+"));
    return "%" + (numeric ? "" : "-") + width + "s";
  }
}
