package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.Project;
import io.afp.core.ledger.QualityHistory;
import io.afp.core.ledger.RunHistory;
import io.afp.core.ledger.SchemaVersions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says how the pipelines of the ledger stand. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the last run of each pipeline, what is at work now, why the last runs rejected rows,"
          + " and the last changes in the columns of sources.",
      "Warns of sources that are not what was loaded, as the last plan or run found them.",
      "With TABLE it shows all changes in the columns of its source, newest first: when, which run,"
          + " what, and what the policy of drift did."
    })
final class StatusCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "TABLE",
      description = "A table that is filled from a source; else all pipelines.")
  String table;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    Project project = options.existingProject();
    try (Ledger ledger = Ledger.open(options.settings(project), "afp/status")) {
      return table == null ? ofPipelines(ledger) : ofTable(project, ledger);
    }
  }

  private int ofTable(Project project, Ledger ledger) {
    SourceChanges history = new SourceChanges(new SchemaVersions(ledger.database()).history(table));
    if (history.versions().isEmpty()) {
      KnownNames.of(project, ledger).requireTable(table);
    }
    String text =
        history.versions().isEmpty() ? "No columns of a source were loaded yet" : history.history();
    return options.output("status").success(text, history.json(), List.of());
  }

  private int ofPipelines(Ledger ledger) {
    List<RunHistory.Entry> runs = new RunHistory(ledger.database()).newestOfEach();
    LastRejects rejects = rejects(ledger, runs);
    SourceChanges changes = new SourceChanges(new SchemaVersions(ledger.database()).latest());
    String found = changes.versions().isEmpty() ? "" : "\n\n" + changes.text();
    return options
        .output("status")
        .success(
            text(runs) + rejects.text() + found,
            json(runs, rejects, changes),
            SourceWarnings.of(ledger.database()));
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
