package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.catalog.Alive;
import io.afp.core.catalog.Branches;
import io.afp.core.catalog.Pointer;
import io.afp.core.catalog.ReleaseHistory;
import io.afp.core.definition.TableName;
import io.afp.core.error.Count;
import io.afp.core.error.Problem;
import io.afp.core.lake.FileSweep;
import io.afp.core.lake.SmallFiles;
import io.afp.core.lake.TableStates;
import io.afp.core.ledger.DoneUnits;
import io.afp.core.logging.RunLog;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Takes away what nobody needs: branches of failed runs, releases that are older than the newest
 * ones, the snapshots that only they showed, the files that nothing reaches any more, and rows
 * beside tables that are older than their declaration keeps them. It puts together the small files
 * of what is kept beside merged tables, to which each run adds some.
 *
 * <p>Else main, the releases that are kept and the branches that stay lose nothing. It holds the
 * leases of all pipelines meanwhile, so no run is at work.
 */
@Command(name = "clean")
final class Cleaning extends LakeTask {

  private static final Logger progress = LoggerFactory.getLogger(RunLog.PROGRESS);

  @Option(names = "--older-than", required = true)
  String olderThan;

  @Option(names = "--keep-releases", required = true)
  int keepReleases;

  @Option(names = "--dry-run")
  boolean dryRun;

  @Override
  String name() {
    return "clean";
  }

  /**
   * What may go.
   *
   * @param smallFiles how many are put together in tables that only get more of them
   * @param outdated the rows that are kept no longer
   */
  private record Findings(
      List<Branches.Left> branches,
      List<Long> releases,
      Map<Pointer, Set<Long>> snapshots,
      Map<Pointer, Integer> smallFiles,
      List<Outdated> outdated) {

    boolean changesTables() {
      return !snapshots.isEmpty() || !smallFiles.isEmpty() || !outdated.isEmpty();
    }

    int snapshotCount() {
      return snapshots.values().stream().mapToInt(Set::size).sum();
    }

    int smallFileCount() {
      return smallFiles.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  @Override
  ObjectNode perform(Tools tools, List<Problem> warnings) {
    Instant limit = before(olderThan);
    if (dryRun) {
      return look(tools, limit, warnings);
    }
    try (Leases leases = Leases.take(tools.database(), id, pipelines(tools))) {
      return clean(tools, limit, leases, warnings);
    }
  }

  /** Those that own tables, and those whose first run has not published yet. */
  private static Set<String> pipelines(Tools tools) {
    Set<String> pipelines = new TreeSet<>(new DoneUnits(tools.database()).ownersOfAll());
    new Branches(tools.database()).left().forEach(b -> b.pipeline().ifPresent(pipelines::add));
    return pipelines;
  }

  /** A day of a period is 24 hours. */
  private static Instant before(String age) {
    TemporalAmount amount = age.contains("T") ? Duration.parse(age) : Period.parse(age);
    return Instant.now().atZone(ZoneOffset.UTC).minus(amount).toInstant();
  }

  private ObjectNode look(Tools tools, Instant limit, List<Problem> warnings) {
    Findings found = findings(tools, limit, warnings);
    Alive alive = withoutBranches(tools, found);
    Branches branches = new Branches(tools.database());
    List<String> dropped =
        found.branches().stream()
            .filter(b -> !b.state().equals("read"))
            .flatMap(b -> branches.changed(b.name()).stream())
            .map(Pointer::metadataLocation)
            .toList();
    return describe(found, garbage(tools, alive, byLocation(found), limit, dropped));
  }

  /** The pointers of the branches that would go; in a dry run they are still there. */
  private static Alive withoutBranches(Tools tools, Findings found) {
    return new Branches(tools.database())
        .reachableWithout(
            found.releases(), found.branches().stream().map(Branches.Left::name).toList());
  }

  private ObjectNode clean(Tools tools, Instant limit, Leases leases, List<Problem> warnings) {
    Findings found = findings(tools, limit, warnings);
    Branches branches = new Branches(tools.database());
    List<String> dropped = new ArrayList<>();
    for (Branches.Left branch : found.branches()) {
      progress.info("branch {}: discard", branch.name());
      branches.fence(branch.name());
      branches.discard(branch.name()).forEach(p -> dropped.add(p.metadataLocation()));
    }
    new ReleaseHistory(tools.database()).expire(found.releases());
    if (found.changesTables()) {
      changeTables(tools, found, leases);
    }
    List<FileSweep.Garbage> garbage =
        garbage(tools, branches.reachable(), Map.of(), limit, dropped);
    progress.info("{}: delete", Count.of(garbage.size(), "file"));
    int left = new FileSweep(tools.spark().files()).delete(garbage);
    return describe(found, garbage).put("files_left", left);
  }

  private void changeTables(Tools tools, Findings found, Leases leases) {
    TableStates states = new TableStates(tools.spark().files());
    UpkeepBranch.publish(
        tools,
        name(),
        leases,
        session -> {
          found
              .snapshots()
              .forEach(
                  (table, old) -> states.remove(session, named(table, "expire snapshots"), old));
          found
              .smallFiles()
              .keySet()
              .forEach(
                  table ->
                      SmallFiles.putTogether(session, named(table, "put small files together")));
          found.outdated().forEach(rows -> takeOut(rows, session));
        },
        (transaction, release) -> ReleaseHistory.markClean(transaction, release));
  }

  private static void takeOut(Outdated outdated, SparkSession session) {
    progress.info("{}: take out {}", outdated.beside(), Count.of(outdated.rows(), "row"));
    outdated.takeOut(session);
  }

  private static TableName named(Pointer table, String action) {
    progress.info("{}: {}", table.table(), action);
    return table.table();
  }

  private Findings findings(Tools tools, Instant limit, List<Problem> warnings) {
    ReleaseHistory history = new ReleaseHistory(tools.database());
    List<Branches.Left> branches =
        new Branches(tools.database())
            .left().stream().filter(b -> b.createdAt().isBefore(ageFor(b, limit))).toList();
    List<Long> releases = history.olderThanNewest(keepReleases);
    List<Pointer> kept =
        new Branches(tools.database()).reachableWithout(releases, List.of()).states();
    TableStates states = new TableStates(tools.spark().files());
    Map<Pointer, Set<Long>> snapshots = new TreeMap<>(Comparator.comparing(Pointer::toString));
    for (Pointer table : history.main()) {
      Set<Long> old = states.unneeded(table, of(table, kept));
      if (!old.isEmpty()) {
        snapshots.put(table, old);
      }
    }
    return new Findings(
        branches,
        releases,
        snapshots,
        smallFiles(tools, history.main()),
        Outdated.find(tools, history.main(), Instant.now(), warnings));
  }

  private static Map<Pointer, Integer> smallFiles(Tools tools, List<Pointer> main) {
    SmallFiles files = new SmallFiles(tools.spark().files());
    Map<Pointer, Integer> counts = new HashMap<>();
    for (Pointer table : main) {
      int small = TableName.isObserved(table.name()) ? files.count(table) : 0;
      if (small > 0) {
        counts.put(table, small);
      }
    }
    return counts;
  }

  /** A branch of no run is of a query or a plan, which nobody keeps from being at work. */
  private static Instant ageFor(Branches.Left branch, Instant limit) {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    return branch.run().isPresent() || limit.isBefore(yesterday) ? limit : yesterday;
  }

  private static List<Pointer> of(Pointer table, List<Pointer> all) {
    return all.stream()
        .filter(p -> p.namespace().equals(table.namespace()) && p.name().equals(table.name()))
        .toList();
  }

  private static Map<String, Set<Long>> byLocation(Findings found) {
    Map<String, Set<Long>> removed = new TreeMap<>();
    found.snapshots().forEach((table, old) -> removed.put(table.metadataLocation(), old));
    return removed;
  }

  private static List<FileSweep.Garbage> garbage(
      Tools tools,
      Alive alive,
      Map<String, Set<Long>> removed,
      Instant limit,
      List<String> dropped) {
    ReleaseHistory history = new ReleaseHistory(tools.database());
    List<String> locations = new ArrayList<>(history.locations());
    locations.addAll(dropped);
    return new FileSweep(tools.spark().files()).find(alive, removed, locations, limit);
  }

  private ObjectNode describe(Findings found, List<FileSweep.Garbage> garbage) {
    ObjectNode data = JSON.createObjectNode().put("dry_run", dryRun);
    ArrayNode branches = data.putArray("branches");
    found.branches().forEach(b -> branches.add(b.name()));
    ArrayNode releases = data.putArray("releases");
    found.releases().forEach(releases::add);
    ArrayNode outdated = data.putArray("outdated");
    found
        .outdated()
        .forEach(
            rows ->
                outdated
                    .addObject()
                    .put("table", rows.beside().toString())
                    .put("rows", rows.rows()));
    return data.put("snapshots", found.snapshotCount())
        .put("small_files", found.smallFileCount())
        .put("files", garbage.size())
        .put("bytes", garbage.stream().mapToLong(FileSweep.Garbage::bytes).sum());
  }
}
