package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.error.AfpException;
import io.afp.core.error.Count;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.CheckHistory;
import io.afp.core.ledger.CheckHistory.Acknowledgement;
import io.afp.core.ledger.CheckHistory.Entry;
import io.afp.core.ledger.CheckHistory.Named;
import io.afp.core.ledger.RunHistory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says that what a check found unusual is right. */
@Command(
    name = "acknowledge",
    mixinStandardHelpOptions = true,
    description = {
      "Says that what a check of a run found unusual by its history is right.",
      "From then on it is history to what follows, and the same value of the same interval passes:"
          + " run it again to publish it."
    })
final class ChecksAcknowledge implements Callable<Integer> {

  @Mixin CheckOption check;

  @Parameters(
      index = "1",
      paramLabel = "RUN",
      description = "The id of the run, or as much of its start as is unique.")
  String run;

  @Option(
      names = "--because",
      required = true,
      paramLabel = "TEXT",
      description = "Why it is right, for those who look at the history.")
  String reason;

  @Option(
      names = "--new-level",
      description = "It is the first of a new level: what was before it says nothing any more.")
  boolean newLevel;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who says it (default: the user of this machine).")
  String by = System.getProperty("user.name");

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    if (reason.isBlank()) {
      throw new AfpException(
          ErrorCode.USAGE, "Cannot acknowledge: --because is empty", "Write why it is right.");
    }
    try (Ledger ledger = Ledger.open(options.settings(options.existingProject()), "afp/checks")) {
      CheckHistory history = new CheckHistory(ledger.database());
      Named named = check.find(history);
      UUID id = new RunHistory(ledger.database()).find(run).id();
      Acknowledgement said =
          new Acknowledgement(
              newLevel, reason.strip(), by, Instant.now().truncatedTo(ChronoUnit.MICROS));
      List<Entry> acknowledged = history.acknowledge(named, id, said);
      if (acknowledged.isEmpty()) {
        throw nothingUnusual(named, id);
      }
      return options
          .output("checks acknowledge")
          .success(text(named, acknowledged), json(named, acknowledged), List.of());
    }
  }

  private static AfpException nothingUnusual(Named check, UUID run) {
    return new AfpException(
        ErrorCode.USAGE,
        "Cannot acknowledge anything: this run has no point of the check that its history finds unusual (check=%s, run=%s)"
            .formatted(check.check(), run),
        "Look at `afp checks history %s --list`.".formatted(check.check()));
  }

  private static String text(Named check, List<Entry> acknowledged) {
    String points =
        acknowledged.stream()
            .map(entry -> entry.kept().point())
            .map(
                point ->
                    "%s (%s)".formatted(ChecksHistory.label(point), Cell.amount(point.value())))
            .collect(Collectors.joining(", "));
    return "%s of %s: %s acknowledged: %s"
        .formatted(check.check(), check.table(), Count.of(acknowledged.size(), "point"), points);
  }

  private static ObjectNode json(Named check, List<Entry> acknowledged) {
    ObjectNode node = Output.JSON.createObjectNode();
    node.put("table", check.table().toString()).put("check", check.check());
    ArrayNode points = node.putArray("points");
    acknowledged.forEach(
        entry ->
            points
                .addObject()
                .put("interval", entry.kept().point().unit())
                .put("value", entry.kept().point().value()));
    return node;
  }
}
