package io.afp.cli;

import io.afp.core.error.Count;
import io.afp.core.ledger.RunReport;
import io.afp.core.text.TextColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run report for a terminal of 100 columns. */
final class ReportText {

  private static final int INDENT = 11;
  private static final String MARGIN = "\n" + " ".repeat(INDENT);
  private static final int WIDTH = Output.WIDTH - INDENT;

  /** Where a check was judged for which no row was read again. */
  private static final Set<String> UNREAD = Set.of("write", "metadata");

  private ReportText() {}

  static String of(RunReport report) {
    List<String> blocks = new ArrayList<>();
    blocks.add(steps(report.steps()));
    if (!report.rejects().isEmpty()) {
      blocks.add(rejects(report.rejects()));
    }
    if (!report.checks().isEmpty()) {
      blocks.add(checks(report.checks()));
    }
    blocks.add(conclusion(report));
    return String.join("\n\n", blocks);
  }

  private static String steps(List<RunReport.Step> steps) {
    TextTable table =
        new TextTable("table", "step", "rows in", "rows out", "rejected", "bytes", "seconds");
    for (RunReport.Step step : steps) {
      if (!step.phase().equals("quality")) {
        table.row(
            step.table().toString(),
            step.phase() + mark(step),
            Cell.number(step.rowsIn()),
            Cell.number(step.rowsOut()),
            Cell.number(step.rowsRejected()),
            Cell.number(step.bytes()),
            Cell.seconds(step.duration()));
      }
    }
    return table.fit();
  }

  private static String mark(RunReport.Step step) {
    if (step.takenOver()) {
      return " (taken over)";
    }
    return step.state().equals("finished") ? "" : " (" + step.state() + ")";
  }

  private static String rejects(List<RunReport.Reject> rejects) {
    return rejects.stream()
        .map(
            r ->
                Folded.text(
                    "rejected %s of %s: %s%s,%s in %s"
                        .formatted(
                            Count.of(r.rows(), "row"),
                            r.table(),
                            r.column().isEmpty() ? "" : r.column() + " ",
                            r.reason(),
                            r.value() == null ? " one" : " such as '%s'".formatted(r.value()),
                            r.file()),
                    INDENT))
        .collect(Collectors.joining("\n"));
  }

  private static String checks(List<RunReport.Check> checks) {
    long passed = checks.stream().filter(c -> c.status().equals("passed")).count();
    long observed = checks.stream().filter(c -> UNREAD.contains(c.origin())).count();
    StringBuilder text =
        new StringBuilder(
            "%s: %d passed, %d warned, %d failed%s; %d of them measured in the write"
                .formatted(
                    Count.of(checks.size(), "check"),
                    passed,
                    count(checks, "warned"),
                    failed(checks),
                    others(checks),
                    observed));
    checks.stream().filter(c -> !c.isFine()).forEach(c -> describe(c, text));
    return text.toString();
  }

  private static void describe(RunReport.Check check, StringBuilder text) {
    text.append("\n")
        .append(
            Folded.text(
                "  %-6s %s: %s".formatted(check.status(), check.name(), check.message()), INDENT));
    check.samples().forEach(sample -> text.append(MARGIN).append(cut(sample.toString())));
  }

  /** A line of a terminal, whatever the values are. */
  private static String cut(String sample) {
    return TextColumns.cut(TextColumns.line(sample), WIDTH);
  }

  private static String others(List<RunReport.Check> checks) {
    return Stream.of("skipped", "learning")
        .filter(status -> count(checks, status) > 0)
        .map(status -> ", %d %s".formatted(count(checks, status), status))
        .collect(Collectors.joining());
  }

  private static long failed(List<RunReport.Check> checks) {
    return count(checks, "failed") + count(checks, "broken");
  }

  private static long count(List<RunReport.Check> checks, String status) {
    return checks.stream().filter(c -> c.status().equals(status)).count();
  }

  private static String conclusion(RunReport report) {
    String release =
        report.run().release().map(r -> "release " + r).orElse("nothing was published");
    return "run %s, attempt %d: %s, %s"
        .formatted(report.run().id(), report.attempts(), report.run().state(), release);
  }
}
