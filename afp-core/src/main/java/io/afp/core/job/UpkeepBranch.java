package io.afp.core.job;

import io.afp.core.catalog.Branches;
import io.afp.core.catalog.Pointer;
import io.afp.core.catalog.Publisher;
import io.afp.core.lake.FileReach;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * A branch on which upkeep changes tables of several pipelines, published like a run. It depends on
 * all tables of main, so that what it publishes is one state of the lake.
 */
final class UpkeepBranch {

  private final LakeTask.Tools tools;
  private final Branches branches;
  private final String name;

  private UpkeepBranch(LakeTask.Tools tools, String name) {
    this.tools = tools;
    this.branches = new Branches(tools.database());
    this.name = name;
  }

  /**
   * Changes tables on a new branch and publishes it; when anything fails, nothing is left of it.
   *
   * @return the number of the release
   */
  static long publish(
      LakeTask.Tools tools,
      String kind,
      Leases leases,
      Consumer<SparkSession> changes,
      Publisher.Bookkeeping bookkeeping) {
    UpkeepBranch upkeep = new UpkeepBranch(tools, Branches.nameOf(kind, leases.holder()));
    try (ThrowAwayBranch branch = ThrowAwayBranch.ofMain(tools, upkeep.name)) {
      upkeep.branches.markRead(branch.name(), upkeep.branches.tables(Optional.empty()));
      changes.accept(tools.sessions(kind).onBranch(tools.spark().session(), branch.name()));
      long release = upkeep.publish(leases, bookkeeping);
      branch.published();
      return release;
    }
  }

  private long publish(Leases leases, Publisher.Bookkeeping bookkeeping) {
    List<Pointer> changed = branches.changed(name);
    new FileReach(tools.spark().files()).open(changed);
    return new Publisher(tools.database())
        .publish(
            name,
            leases.all(),
            changed.stream().map(Pointer::metadataLocation).collect(Collectors.toSet()),
            bookkeeping);
  }
}
