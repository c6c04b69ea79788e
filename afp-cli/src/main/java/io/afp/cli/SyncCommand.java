package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.scaffold.LedgerBlocks;
import io.afp.agentic.scaffold.Survey;
import io.afp.agentic.scaffold.Sync;
import io.afp.agentic.scaffold.Sync.Change;
import io.afp.core.definition.Project;
import io.afp.core.error.Category;
import io.afp.core.ledger.QualityHistory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings documents in step with definitions. */
@Command(
    name = "sync",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the parts of documents that are made from definitions: sources, tables, dictionary,",
      "data flows, plan, rules. What was edited by hand is never written over.",
      "What is made of runs is left alone unless the ledger is asked."
    })
final class SyncCommand implements Callable<Integer> {

  @Option(
      names = "--check",
      description = "Writes nothing; ends with 65 where something is behind or was edited.")
  boolean asks;

  @Option(
      names = "--runs",
      description = "Also asks the ledger, and renews what documents say of runs.")
  boolean asksRuns;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    ProcessModel model = ProcessModel.read(options.processRoot());
    List<Finding> unread = model.unreadContext();
    if (!unread.isEmpty()) {
      return options.output("sync").unread(unread);
    }
    Sync sync = new Sync(model, Survey.of(new Project(model.tree().root())), told());
    List<Change> changes = sync.plan();
    if (!asks) {
      sync.apply(changes);
    }
    boolean edited = changes.stream().anyMatch(c -> !c.edited().isEmpty());
    boolean behind = asks && changes.stream().anyMatch(Change::isStale);
    int exit = edited || behind ? Category.DATA.exitCode() : 0;
    return options.output("sync").end(exit, text(changes), json(changes), List.of());
  }

  private Optional<LedgerBlocks> told() {
    if (!asksRuns) {
      return Optional.empty();
    }
    try (Ledger ledger = Ledger.open(options.settings(options.existingProject()), "afp/sync")) {
      QualityHistory quality = new QualityHistory(ledger.database());
      return Optional.of(new LedgerBlocks(quality.lastVerdicts(Optional.empty())));
    }
  }

  private String text(List<Change> changes) {
    TextTable table = new TextTable("document", "state", "edited by hand");
    changes.forEach(c -> table.row(c.path(), state(c), Cell.list(c.edited())));
    return changes.isEmpty()
        ? "No document has a part that is made from definitions"
        : table.fit("document");
  }

  private String state(Change change) {
    if (!change.isStale()) {
      return "current";
    }
    return asks ? "behind" : "written";
  }

  private ObjectNode json(List<Change> changes) {
    ObjectNode data = Output.JSON.createObjectNode();
    ArrayNode documents = data.putArray("documents");
    for (Change change : changes) {
      ObjectNode node = documents.addObject().put("path", change.path());
      node.put("state", state(change));
      change.edited().forEach(node.putArray("edited")::add);
    }
    return data;
  }
}
