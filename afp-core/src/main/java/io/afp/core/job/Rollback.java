package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.catalog.Pointer;
import io.afp.core.catalog.ReleaseHistory;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.PipelineReader;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.lake.TableStates;
import io.afp.core.lake.TableStates.State;
import io.afp.core.ledger.DoneUnits;
import io.afp.core.ledger.RunRecord;
import io.afp.core.logging.RunLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Takes all tables back to what a release showed, in one publish, and serves them again.
 *
 * <p>It is a release of its own, so it can be rolled back too. What was done after the release is
 * forgotten, so the next run does it again. A table that did not exist then is taken out; its files
 * stay for the releases that show it.
 */
@Command(name = "rollback")
final class Rollback extends LakeTask {

  private static final Logger progress = LoggerFactory.getLogger(RunLog.PROGRESS);

  @Option(names = "--to", required = true)
  long to;

  @Option(names = "--dry-run")
  boolean dryRun;

  @Override
  String name() {
    return "rollback";
  }

  /** What happens to one table; without {@code then} it is taken out. */
  private record Change(TableName table, Optional<State> now, Optional<State> then) {

    boolean isNeeded() {
      return !(now.isPresent() && then.isPresent() && now.get().shows(then.get()));
    }

    /** A view has none of its own. */
    static boolean hasRows(State state) {
      return state.uuid().isPresent();
    }

    String action() {
      return then.isEmpty() ? "drop" : now.isEmpty() ? "bring back" : "restore";
    }

    void apply(TableStates states, SparkSession session) {
      then.ifPresentOrElse(
          state -> states.restore(session, table, state), () -> states.drop(session, table));
    }
  }

  @Override
  ObjectNode perform(Tools tools, List<Problem> warnings) {
    if (dryRun) {
      List<Change> changes = changes(tools);
      ObjectNode data = describe(changes);
      servedFrom(changes, definitions(tools, warnings)).forEach(data.putArray("served")::add);
      return data;
    }
    DoneUnits done = new DoneUnits(tools.database());
    try (Leases leases = Leases.take(tools.database(), done.ownersOfAll())) {
      List<Change> changes = changes(tools);
      ObjectNode data = describe(changes);
      if (!changes.isEmpty()) {
        data.put("release", publish(tools, leases, changes));
      }
      Set<String> owners = done.ownersOf(tables(changes));
      new ServingAgain(tools, leases, changes, warnings).serve(owners, data.putArray("served"));
      return data;
    }
  }

  /** What would be served again, as far as the definitions say it. */
  private static List<String> servedFrom(List<Change> changes, List<PipelineDef> pipelines) {
    Set<TableName> restored =
        changes.stream()
            .filter(c -> c.then().isPresent())
            .map(Change::table)
            .collect(Collectors.toSet());
    return pipelines.stream()
        .flatMap(pipeline -> pipeline.tables().stream())
        .filter(table -> restored.contains(table.name()))
        .flatMap(table -> table.serve().stream())
        .map(serve -> serve.target().toString())
        .sorted()
        .toList();
  }

  private static List<PipelineDef> definitions(Tools tools, List<Problem> warnings) {
    List<PipelineDef> found = new ArrayList<>();
    for (Path folder : tools.project().pipelines()) {
      try {
        found.add(PipelineReader.read(tools.project(), folder));
      } catch (AfpException e) {
        warnings.add(
            Problem.warning(
                e.code(),
                "Cannot serve the tables of a pipeline: its definition is broken (folder=%s)"
                    .formatted(folder),
                Location.file(folder.toString()),
                "Correct it (see `afp validate`); its next run serves them."));
      }
    }
    return found;
  }

  private long publish(Tools tools, Leases leases, List<Change> changes) {
    TableStates states = new TableStates(tools.spark().files());
    return UpkeepBranch.publish(
        tools,
        name(),
        leases,
        session -> changes.forEach(c -> restore(c, states, session)),
        (transaction, number) -> {
          ReleaseHistory.markRollback(transaction, number, to);
          DoneUnits.forgetAfter(transaction, to, tables(changes));
        });
  }

  private static Set<TableName> tables(List<Change> changes) {
    return changes.stream().map(Change::table).collect(Collectors.toSet());
  }

  private static void restore(Change change, TableStates states, SparkSession session) {
    progress.info("{}: {}", change.table(), change.action());
    change.apply(states, session);
  }

  private List<Change> changes(Tools tools) {
    ReleaseHistory history = new ReleaseHistory(tools.database());
    TableStates states = new TableStates(tools.spark().files());
    Map<TableName, Pointer> now = byName(history.main());
    Map<TableName, Pointer> then = byName(history.asOf(to));
    Set<TableName> all = new TreeSet<>(now.keySet());
    all.addAll(then.keySet());
    return all.stream()
        .map(
            table ->
                new Change(
                    table,
                    Optional.ofNullable(now.get(table)).map(states::read),
                    Optional.ofNullable(then.get(table)).map(states::read)))
        .filter(Change::isNeeded)
        .toList();
  }

  private static Map<TableName, Pointer> byName(List<Pointer> pointers) {
    return pointers.stream()
        .collect(
            Collectors.toMap(
                p -> new TableName(p.namespace(), p.name()),
                Function.identity(),
                (a, b) -> a,
                TreeMap::new));
  }

  private ObjectNode describe(List<Change> changes) {
    ObjectNode data = JSON.createObjectNode().put("to", to).put("dry_run", dryRun);
    ArrayNode tables = data.putArray("tables");
    for (Change change : changes) {
      ObjectNode table =
          tables.addObject().put("table", change.table().toString()).put("action", change.action());
      change
          .now()
          .filter(Change::hasRows)
          .ifPresent(s -> table.put("rows_now", s.rows()).put("snapshot_now", text(s.snapshot())));
      change
          .then()
          .filter(Change::hasRows)
          .ifPresent(
              s -> table.put("rows_then", s.rows()).put("snapshot_then", text(s.snapshot())));
    }
    return data;
  }

  /** A JSON number loses the last digits of an id where numbers are doubles. */
  private static String text(long snapshot) {
    return Long.toString(snapshot);
  }

  /** Brings what is served to the tables as they are again. */
  private final class ServingAgain {
    private final Tools tools;
    private final Leases leases;
    private final List<Change> changes;
    private final List<Problem> warnings;

    ServingAgain(Tools tools, Leases leases, List<Change> changes, List<Problem> warnings) {
      this.tools = tools;
      this.leases = leases;
      this.changes = changes;
      this.warnings = warnings;
    }

    void serve(Set<String> owners, ArrayNode served) {
      Set<String> left = new TreeSet<>(owners);
      for (PipelineDef pipeline : definitions(tools, warnings)) {
        if (leases.has(pipeline.name())) {
          left.remove(pipeline.name());
          serve(pipeline, served);
          warnOfDropped(pipeline);
        }
      }
      left.forEach(pipeline -> warnings.add(notServed(pipeline)));
    }

    /** One table that can't be served does not keep the others from it. */
    private void serve(PipelineDef pipeline, ArrayNode served) {
      Serving serving = new Serving(scope(pipeline), Plugins.load().server());
      for (TableDef table : serving.pending()) {
        String target = table.serve().orElseThrow().target().toString();
        try {
          serving.serve(List.of(table));
          served.add(target);
        } catch (AfpException e) {
          warnings.add(
              servedIsOld(
                  "Cannot serve %s: %s".formatted(target, e.getMessage()),
                  "Mend it, then run the same command again: only serving is done."));
        }
      }
    }

    private RunScope scope(PipelineDef pipeline) {
      RunRecord nobody =
          new RunRecord(
              leases.holder(),
              pipeline.name(),
              Optional.empty(),
              "rollback",
              Optional.empty(),
              Optional.empty(),
              false,
              "running",
              Optional.empty());
      return new RunScope(
          tools.settings(),
          pipeline,
          tools.database(),
          nobody,
          leases.of(pipeline.name()),
          tools.spark());
    }

    private void warnOfDropped(PipelineDef pipeline) {
      changes.stream()
          .filter(c -> c.then().isEmpty())
          .flatMap(c -> pipeline.table(c.table()).stream())
          .flatMap(t -> t.serve().stream())
          .forEach(
              serve ->
                  warnings.add(
                      servedIsOld(
                          "Cannot take back %s: its table did not exist in release %d"
                              .formatted(serve.target(), to),
                          "It shows what was served last. Drop it, or run the pipeline again.")));
    }

    private static Problem notServed(String pipeline) {
      return servedIsOld(
          "Cannot serve the tables of a pipeline: it is not in this project (pipeline=%s)"
              .formatted(pipeline),
          "They are served by its next run; until then readers see the newer rows.");
    }

    private static Problem servedIsOld(String message, String fix) {
      return Problem.warning(ErrorCode.SERVED_IS_OLD, message, Location.nowhere(), fix);
    }
  }
}
