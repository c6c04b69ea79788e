package io.afp.core.job;

import io.afp.core.catalog.Branches;
import io.afp.core.catalog.Pointer;
import io.afp.core.catalog.Publisher;
import io.afp.core.lake.FileReach;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

  private UpkeepBranch(LakeTask.Tools tools, String kind, UUID id) {
    this.tools = tools;
    this.branches = new Branches(tools.database());
    this.name = kind + "_" + id.toString().replace("-", "");
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
    UpkeepBranch branch = new UpkeepBranch(tools, kind, leases.holder());
    branch.branches.create(branch.name);
    branch.branches.markRead(branch.name, branch.branches.tables(Optional.empty()));
    try {
      changes.accept(tools.sessions(kind).onBranch(tools.spark().session(), branch.name));
      return branch.publish(leases, bookkeeping);
    } catch (RuntimeException e) {
      branch.discard(e);
      throw e;
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

  private void discard(RuntimeException cause) {
    try {
      Discard.of(branches, name, tools.spark());
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}
