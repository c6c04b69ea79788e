package io.afp.core.definition;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How Airflow runs a pipeline, beyond what the pipeline itself says.
 *
 * @param connId the connection to Spark
 * @param pool the pool of the tasks
 * @param retries how often a task is tried again
 * @param retryDelay how long it waits before that
 * @param tags the tags of the DAG
 * @param startDate the first day for which there is a run
 * @param catchup whether Airflow makes the runs since then by itself
 * @param waitForInputs how long a run waits for its files; empty when it does not
 * @param reads tables of other pipelines that classes of models read, beside those that queries
 *     name; of one pipeline only
 * @param deployMode where the driver runs; empty when the connection says it
 * @param ledgerConnId the connection to the Postgres of the ledger
 * @param secrets the variables that a driver gets, by the connection whose password each is
 * @param project the folder of the project where tasks run; empty when the environment says it
 * @param home where AFP is installed there; empty when the environment says it
 */
public record AirflowDef(
    Optional<String> connId,
    Optional<String> pool,
    Optional<Long> retries,
    Optional<Duration> retryDelay,
    List<String> tags,
    Optional<LocalDate> startDate,
    Optional<Boolean> catchup,
    Optional<Duration> waitForInputs,
    List<TableName> reads,
    Optional<DeployMode> deployMode,
    Optional<String> ledgerConnId,
    Map<String, String> secrets,
    Optional<String> project,
    Optional<String> home) {

  /** Where a driver runs. */
  public enum DeployMode {
    /** On the worker of Airflow. */
    CLIENT,
    /** On a node of the cluster. */
    CLUSTER
  }

  public AirflowDef {
    tags = List.copyOf(tags);
    reads = List.copyOf(reads);
    secrets = Collections.unmodifiableMap(new TreeMap<>(secrets));
  }

  /** Where nothing is said. */
  public static AirflowDef empty() {
    return new AirflowDef(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** This one, and for each key that it does not have the value of the other one. */
  public AirflowDef over(AirflowDef base) {
    return new AirflowDef(
        connId.or(base::connId),
        pool.or(base::pool),
        retries.or(base::retries),
        retryDelay.or(base::retryDelay),
        tags.isEmpty() ? base.tags : tags,
        startDate.or(base::startDate),
        catchup.or(base::catchup),
        waitForInputs.or(base::waitForInputs),
        reads,
        deployMode.or(base::deployMode),
        ledgerConnId.or(base::ledgerConnId),
        secrets.isEmpty() ? base.secrets : secrets,
        project.or(base::project),
        home.or(base::home));
  }
}
