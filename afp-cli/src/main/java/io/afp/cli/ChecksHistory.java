package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.error.AfpException;
import io.afp.core.error.Count;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.CheckHistory;
import io.afp.core.ledger.CheckHistory.Entry;
import io.afp.core.ledger.CheckHistory.Named;
import io.afp.core.measure.Bounds;
import io.afp.core.measure.Point;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a check measured, unit by unit. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = {
      "Plots what a check measured of each interval, or in each run, and the bounds that it was judged by.",
      "An interval is there as it was published last, and once for each try since then."
    })
final class ChecksHistory implements Callable<Integer> {

  @Mixin CheckOption check;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "60",
      description = "Shows the newest N points (default: ${DEFAULT-VALUE}).")
  int last;

  @Option(names = "--list", description = "Lists the points instead of plotting them.")
  boolean list;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    if (last < 1) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot show a history: --last is not a positive number (last=%d)".formatted(last),
          "Write a number from 1.");
    }
    try (Ledger ledger = Ledger.open(options.settings(options.existingProject()), "afp/checks")) {
      CheckHistory history = new CheckHistory(ledger.database());
      Named named = check.find(history);
      List<Entry> all = history.shown(named);
      List<Entry> shown = all.subList(Math.max(0, all.size() - last), all.size());
      String text = list ? list(shown) : SeriesPlot.of(shown) + "\n\n" + newest(shown);
      return options.output("checks history").success(text, json(named, shown), List.of());
    }
  }

  private static String newest(List<Entry> entries) {
    Entry newest = entries.get(entries.size() - 1);
    String bounds =
        newest
            .kept()
            .bounds()
            .map(
                b ->
                    "; usual is %s to %s, after %s"
                        .formatted(
                            Cell.amount(b.lower()),
                            Cell.amount(b.upper()),
                            Count.of(newest.kept().basis().orElse(0), "point")))
            .orElse("");
    return "%s: %s, %s%s%s"
        .formatted(
            label(newest.kept().point()),
            Cell.amount(newest.kept().point().value()),
            status(newest),
            bounds,
            newest.run().map(run -> "; run " + Cell.id(run)).orElse(""));
  }

  /** The unit of a point, or when the run was that has none. */
  static String label(Point point) {
    return point.unit().isEmpty() ? point.at().toString() : point.unit();
  }

  private static String status(Entry entry) {
    return entry.acknowledgement().isPresent() ? "acknowledged" : entry.kept().status();
  }

  private static String list(List<Entry> entries) {
    TextTable rows =
        new TextTable(
            "interval",
            "value",
            "status",
            "lower",
            "expected",
            "upper",
            "points",
            "run",
            "because");
    for (Entry entry : entries) {
      rows.row(
          label(entry.kept().point()),
          Cell.amount(entry.kept().point().value()),
          status(entry),
          bound(entry, Bounds::lower),
          bound(entry, Bounds::expected),
          bound(entry, Bounds::upper),
          Cell.orBlank(entry.kept().basis()),
          entry.run().map(Cell::id).orElse(entry.kept().origin()),
          entry.acknowledgement().map(a -> a.reason() + ", " + a.by()).orElse(""));
    }
    return rows.fit("interval", "run");
  }

  private static String bound(Entry entry, ToDoubleFunction<Bounds> of) {
    return entry.kept().bounds().map(b -> Cell.amount(of.applyAsDouble(b))).orElse("");
  }

  private static ObjectNode json(Named check, List<Entry> entries) {
    ObjectNode node = Output.JSON.createObjectNode();
    node.put("table", check.table().toString()).put("check", check.check());
    ArrayNode points = node.putArray("points");
    entries.forEach(entry -> describe(entry, points.addObject()));
    return node;
  }

  static void describe(Entry entry, ObjectNode node) {
    Point point = entry.kept().point();
    Optional<Bounds> bounds = entry.kept().bounds();
    node.put("interval", point.unit().isEmpty() ? null : point.unit())
        .put("time", point.at().toString())
        .put("value", number(point.value()))
        .put("lower", bounds.map(Bounds::lower).map(ChecksHistory::number).orElse(null))
        .put("expected", bounds.map(Bounds::expected).map(ChecksHistory::number).orElse(null))
        .put("upper", bounds.map(Bounds::upper).map(ChecksHistory::number).orElse(null))
        .put("points", entry.kept().basis().orElse(null))
        .put("status", status(entry))
        .put("measured_in", entry.kept().origin())
        .put("published", entry.published())
        .put("run_id", entry.run().map(UUID::toString).orElse(null))
        .put("snapshot_id", entry.kept().snapshot().map(String::valueOf).orElse(null));
    entry
        .acknowledgement()
        .ifPresent(
            said ->
                node.putObject("acknowledgement")
                    .put("by", said.by())
                    .put("reason", said.reason())
                    .put("new_level", said.newLevel())
                    .put("at", said.at().toString()));
  }

  /** JSON has no infinity and no NaN. */
  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
