package io.afp.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** An Airflow 3 at work: its scheduler, and what else is needed to run DAGs when they are due. */
final class AirflowScheduler implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final Duration POLL = Duration.ofSeconds(2);

  private final Airflow airflow;
  private final Command processes;

  private AirflowScheduler(Airflow airflow) {
    this.airflow = airflow;
    this.processes = airflow.airflow("standalone");
  }

  /** Variables for an Airflow that is to have a scheduler on this machine. */
  static Map<String, String> variables() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    return Map.of(
        "AIRFLOW__API__HOST",
        "127.0.0.1",
        "AIRFLOW__API__PORT",
        Integer.toString(port),
        "AIRFLOW__API__WORKERS",
        "1",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL",
        "http://127.0.0.1:%d/execution/".formatted(port),
        "AIRFLOW__CORE__PARALLELISM",
        "4",
        "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT",
        "60");
  }

  /** Starts one that runs these DAGs. */
  static AirflowScheduler of(Airflow airflow, int dags) {
    AirflowScheduler scheduler = new AirflowScheduler(airflow);
    scheduler.await("SELECT count(*) FROM dag", Integer.toString(dags));
    airflow
        .airflow("dags", "unpause", "--yes", "--treat-dag-id-as-regex", ".*")
        .ended()
        .succeeded();
    return scheduler;
  }

  /** Returns when a query on the database of Airflow has these rows. */
  void await(String sql, String... rows) {
    Awaitility.await(sql)
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> rows(sql), List.of(rows)::equals);
  }

  private List<String> rows(String sql) {
    if (!processes.isAlive()) {
      throw new AssertionError("Airflow has ended:\n" + processes.log());
    }
    return airflow.rows(sql);
  }

  @Override
  public void close() {
    processes.killWithChildren();
  }
}
