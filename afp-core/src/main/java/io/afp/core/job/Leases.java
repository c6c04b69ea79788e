package io.afp.core.job;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.Lease;
import io.afp.core.ledger.LeaseKeeper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The leases of several pipelines, for work on tables of all of them. */
final class Leases implements AutoCloseable {

  private final List<LeaseKeeper> keepers = new ArrayList<>();

  private final UUID holder;

  private Leases(UUID holder) {
    this.holder = holder;
  }

  /**
   * Takes all of them.
   *
   * @param holder the id of the work, used for nothing before
   * @throws AfpException LEASE_HELD if a run of one of the pipelines is at work; none is kept then
   */
  static Leases take(Database database, UUID holder, Collection<String> pipelines) {
    Leases leases = new Leases(holder);
    try {
      for (String pipeline : pipelines) {
        leases.keepers.add(
            LeaseKeeper.tryTake(database, pipeline, leases.holder)
                .orElseThrow(() -> held(pipeline)));
      }
      return leases;
    } catch (RuntimeException e) {
      leases.close();
      throw e;
    }
  }

  private static AfpException held(String pipeline) {
    return new AfpException(
        ErrorCode.LEASE_HELD,
        "Cannot change its tables: a run of the pipeline is at work (pipeline=%s)"
            .formatted(pipeline),
        "Wait until it has ended, then run the same command again.");
  }

  /** The id of the work that holds them. */
  UUID holder() {
    return holder;
  }

  List<Lease> all() {
    return keepers.stream().map(LeaseKeeper::lease).toList();
  }

  /** Whether this pipeline is among them. */
  boolean has(String pipeline) {
    return keepers.stream().anyMatch(k -> k.lease().pipeline().equals(pipeline));
  }

  /** The lease of one of the pipelines. */
  LeaseKeeper of(String pipeline) {
    return keepers.stream()
        .filter(k -> k.lease().pipeline().equals(pipeline))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    keepers.forEach(LeaseKeeper::close);
  }
}
