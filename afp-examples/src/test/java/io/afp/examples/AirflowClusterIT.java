package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.Database;
import io.afp.core.settings.Secret;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of Airflow whose drivers run on workers of a standalone cluster. */
@Tag("integration")
class AirflowClusterIT {

  @Test
  void theLedgerSaysHowADriverOnAWorkerHasEnded(@TempDir Path folder) throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.in(folder.resolve("cluster"));
        DagProject project = DagProject.in(folder)) {
      openJavaOnWorkers(project.copy());
      project
          .copy()
          .write(
              "cities/pipeline.yaml",
              "pipeline: cities\nairflow: { deploy_mode: cluster, ledger_conn_id: ledger }\n");
      project.generate("cities");
      Airflow airflow = Airflow.of("3.3.2", project.copy(), connections(cluster, project.copy()));

      airflow.runs("cities", "2024-01-01", "failed 1"); // by its gate
      project.writeCities("Bern,146000");
      airflow.runs("cities", "2024-01-02", "success 1");
      assertThat(project.copy().rows("SELECT * FROM mart.big_city")).containsExactly("{city=Rom}");
      airflow.runs("cities", "2024-01-03", "skipped 1"); // nothing new
      assertThat(cluster.driversOnWorkers()).as("a driver each").hasSize(3);
    }
  }

  /** What spark-submit opens to drivers here, workers do not. */
  private static void openJavaOnWorkers(ProjectCopy project) {
    String java = JavaModuleOptions.defaultModuleOptions() + " " + Reactor.quickDriver();
    project.replace("afp.yaml", Reactor.quickDriver(), java);
  }

  private static Map<String, String> connections(StandaloneCluster cluster, ProjectCopy project) {
    String spark =
        "{\"conn_type\": \"spark\", \"host\": \"%s\", \"extra\": {\"rest-port\": \"%s\"}}";
    Database.Account ledger = project.postgres().live().orElseThrow();
    String address = ledger.uri().replaceFirst("^jdbc:postgresql://", "");
    String user = ledger.user().orElse("postgres");
    String password = ledger.password().map(Secret::reveal).orElse("");
    return Map.of(
        "AIRFLOW_CONN_SPARK_DEFAULT",
        spark.formatted(cluster.address(), cluster.restPort()),
        "AIRFLOW_CONN_LEDGER",
        "postgres://%s:%s@%s".formatted(user, password, address));
  }
}
