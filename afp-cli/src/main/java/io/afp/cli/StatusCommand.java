package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.ledger.QualityHistory;
import io.afp.core.ledger.RunHistory;
import io.afp.core.ledger.SchemaVersions;
import io.afp.core.settings.Settings;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says how the pipelines of the ledger stand. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the last run of each pipeline, what is at work now, why the last runs rejected rows,"
          + " and the last changes in the columns of sources.",
      "Warns of sources that are not what was loaded, as the last plan or run found them."
    })
final class StatusCommand implements Callable<Integer> {

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    Settings settings = options.settings(options.existingProject());
    try (Ledger ledger = Ledger.open(settings, "afp/status")) {
      List<RunHistory.Entry> runs = new RunHistory(ledger.database()).newestOfEach();
      LastRejects rejects = rejects(ledger, runs);
      SourceChanges changes = new SourceChanges(new SchemaVersions(ledger.database()).latest());
      String text = text(runs) + rejects.text() + changes.text();
      return options
          .output("status")
          .success(text, json(runs, rejects, changes), SourceWarnings.of(ledger.database()));
    }
  }

  private static LastRejects rejects(Ledger ledger, List<RunHistory.Entry> runs) {
    List<UUID> ids = runs.stream().map(RunHistory.Entry::id).toList();
    return new LastRejects(new QualityHistory(ledger.database()).rejectsOf(ids));
  }

  private static ArrayNode json(
      List<RunHistory.Entry> runs, LastRejects rejects, SourceChanges changes) {
    ArrayNode array = Output.JSON.createArrayNode();
    for (RunHistory.Entry run : runs) {
      ObjectNode node = array.addObject();
      RunRows.describe(run, node);
      rejects.describe(run.id(), node.putArray("rejects"));
      changes.describe(run.pipeline(), node.putArray("source_changes"));
    }
    return array;
  }

  private static String text(List<RunHistory.Entry> runs) {
    if (runs.isEmpty()) {
      return "No pipeline has run yet";
    }
    TextTable table =
        new TextTable(
            "pipeline", "interval", "state", "release", "attempts", "started", "seconds", "error");
    for (RunHistory.Entry run : runs) {
      table.row(
          run.pipeline(),
          run.interval(),
          run.state(),
          Cell.orBlank(run.release()),
          Integer.toString(run.attempts()),
          Cell.time(run.started()),
          Cell.seconds(run.duration()),
          run.failure().map(RunHistory.Failure::code).orElse(""));
    }
    return table.fit("interval", "started", "error");
  }
}
