package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.catalog.Pointer;
import io.afp.core.catalog.ReleaseHistory;
import io.afp.core.definition.TableName;
import io.afp.core.error.Problem;
import io.afp.core.lake.TableStates;
import io.afp.core.lake.TableStates.State;
import io.afp.core.ledger.DoneUnits;
import io.afp.core.logging.RunLog;
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
 * stay for the releases that show it. After a kill or a failure the same rollback does what is
 * left.
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
  ObjectNode perform(Tools tools, List<Problem> problems) {
    ServingAgain serving = new ServingAgain(tools, problems);
    if (dryRun) {
      List<Change> changes = changes(tools);
      ObjectNode data = describe(changes);
      serving.wouldServe(tables(changes), restored(changes)).forEach(data.putArray("served")::add);
      return data;
    }
    DoneUnits done = new DoneUnits(tools.database());
    try (Leases leases = Leases.take(tools.database(), id, done.ownersOfAll())) {
      List<Change> changes = changes(tools);
      ObjectNode data = describe(changes);
      if (!changes.isEmpty()) {
        data.put("release", publish(tools, leases, changes));
      }
      serving.serve(leases, data);
      return data;
    }
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
          DoneUnits.forgetAfter(transaction, to, number, tables(changes));
        });
  }

  private static Set<TableName> tables(List<Change> changes) {
    return changes.stream().map(Change::table).collect(Collectors.toSet());
  }

  private static Set<TableName> restored(List<Change> changes) {
    return tables(changes.stream().filter(c -> c.then().isPresent()).toList());
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
        .collect(Collectors.toMap(Pointer::table, Function.identity(), (a, b) -> a, TreeMap::new));
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
}
