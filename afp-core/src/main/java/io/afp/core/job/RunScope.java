package io.afp.core.job;

import io.afp.core.definition.PipelineDef;
import io.afp.core.lake.KeyedHash;
import io.afp.core.lake.LakeSession;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.LeaseKeeper;
import io.afp.core.ledger.RunRecord;
import io.afp.core.ledger.Runs;
import io.afp.core.settings.Settings;
import java.util.Optional;
import java.util.UUID;

/** What all parts of one run share. */
record RunScope(
    Settings settings,
    PipelineDef pipeline,
    Database database,
    RunRecord run,
    LeaseKeeper lease,
    SparkDriver spark,
    Narrator narrator) {

  /** What is written in place of personal values that are hashed; empty without a key. */
  Optional<KeyedHash> hash() {
    return KeyedHash.of(settings, pipeline.tables());
  }

  UUID runId() {
    return run.id();
  }

  /** Whether the run has published, in this driver or in one before it. */
  boolean isPublished() {
    return new Runs(database).find(runId()).filter(RunRecord::isPublished).isPresent();
  }

  /** Makes sessions whose connections carry the id of the run. */
  LakeSession lakeSession() {
    return LakeSession.of(database.account(), settings, applicationName(pipeline.name(), runId()));
  }

  /**
   * What Postgres shows for connections of a run: the id comes first, because Postgres keeps 63
   * bytes.
   */
  static String applicationName(String pipeline, UUID runId) {
    return "afp/%s/%s".formatted(runId, pipeline);
  }
}
