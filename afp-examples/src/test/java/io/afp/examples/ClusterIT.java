package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.Database;
import io.afp.core.testing.Halt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A standalone cluster, with drivers here and on its workers, ends in what {@code afp run} ends in,
 * and so it does when a worker or a driver is lost on the way.
 */
@Tag("integration")
@ExtendWith(January.class)
class ClusterIT {

  private static final String FIRST_MODEL = "NEW.phase = 'transform' AND NEW.table_name = 'flight'";
  private static final List<String> LAYERS =
      List.of("Ingestion", "Transform", "Quality", "Serving");
  private static final String CLIENT = "client";
  private static final String CLUSTER = "cluster";

  /** The other tests have Java's serialization, which is the default. */
  private static final String KRYO = "spark.serializer=org.apache.spark.serializer.KryoSerializer";

  /** What Java and slf4j say of classes that do not fit together, or are there twice. */
  private static final String[] CONFLICTS = {
    "SLF4J", "NoSuchMethodError", "NoClassDefFoundError", "LinkageError", "ClassCastException"
  };

  @TempDir static Path shared;

  private static Path log4j;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    log4j = RunLines.log4j(shared);
    cluster = StandaloneCluster.in(shared.resolve("cluster"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static ProjectCopy project(Path folder) {
    ProjectCopy project = ProjectCopy.withPostgres(folder);
    for (String month : List.of("2013-01", "2013-02")) {
      project.edit(month, lines -> lines.subList(0, January.ROWS + 1));
    }
    return project;
  }

  private static Database.Account account(ProjectCopy project) {
    return project.postgres().live().orElseThrow();
  }

  /** Each job of a run, with its driver in turn here and on a worker. */
  private static String run(ProjectCopy project, String month, String mode, String other) {
    SparkSubmit submit = new SparkSubmit(project, "run of " + month, month);
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < LAYERS.size(); i++) {
      Command job = submit.startOn(cluster, LAYERS.get(i), i % 2 == 0 ? mode : other, log4j);
      said.append(job.ended().succeeded().err());
    }
    return said.toString();
  }

  @Test
  void eachJobWithItsDriverHereAndOnAWorkerIsPartOfItsRun(@TempDir Path folder, ProjectCopy january)
      throws Exception {
    try (ProjectCopy project = project(folder)) {
      String first = run(project, "2013-01", CLIENT, CLUSTER);
      String id = FlightsState.runOf(project);
      assertThat(FlightsState.of(project)).isEqualTo(FlightsState.ofJanuary(january));
      for (StandaloneCluster.Worker worker : cluster.workers()) {
        knowTheRun(worker.executors(), id);
      }
      knowTheRun(cluster.driversOnWorkers(), id);

      String second = run(project, "2013-02", CLUSTER, CLIENT);
      assertThat(FlightsState.of(project)).isEqualTo(FlightsState.of(january));
      assertThat(first + second + cluster.driversOnWorkers())
          .contains(id)
          .doesNotContain(CONFLICTS);
    }
  }

  /** Some of these processes belong to the run, and say so from when they know it in each line. */
  private static void knowTheRun(List<String> logs, String id) {
    List<String> ofRun = logs.stream().filter(log -> log.contains(id)).toList();
    assertThat(ofRun).isNotEmpty();
    ofRun.forEach(log -> RunLines.areOfTheRun(RunLines.ofDriver(log), id));
  }

  @Test
  void aWorkerThatIsLostWhileTheRunGoesOnCostsNoRowUnderKryoToo(
      @TempDir Path folder, ProjectCopy january) throws Exception {
    try (ProjectCopy project = project(folder)) {
      Halt halt = Halt.at(account(project), "INSERT ON afp.step", FIRST_MODEL);
      Command driver =
          new SparkSubmit(project, "night 1", "2013-01")
              .startOn(cluster, "Pipeline", CLIENT, log4j, "--conf", KRYO);
      halt.await(driver);
      StandaloneCluster.Worker worker = cluster.workers().get(0);
      long tasks = worker.tasks();
      halt.release();
      worker.awaitMoreThan(tasks);
      cluster.replace(worker);
      driver.ended().succeeded();

      assertThat(FlightsState.of(project)).isEqualTo(FlightsState.ofJanuary(january));
    }
  }

  @Test
  void aDriverThatIsKilledOnAWorkerIsStartedAgainByTheClusterAndEndsTheRun(
      @TempDir Path folder, ProjectCopy january) throws Exception {
    try (ProjectCopy project = project(folder)) {
      Command submitted;
      try (Halt halt = Halt.at(account(project), "INSERT ON afp.step", FIRST_MODEL)) {
        submitted =
            new SparkSubmit(project, "night 1", "2013-01")
                .startOn(cluster, "Pipeline", CLUSTER, log4j, "--supervise");
        halt.await(submitted);
        cluster.killDrivers();
      }
      submitted.ended().succeeded();

      assertThat(FlightsState.of(project)).isEqualTo(FlightsState.ofJanuary(january));
    }
  }

  @Test
  void aDriverOnAWorkerThatOpensNothingOfJavaSaysSoBeforeAnyWork(@TempDir Path folder)
      throws Exception {
    ProjectCopy project = ProjectCopy.in(folder);
    new SparkSubmit(project, "night 1", "2013-01")
        .startOn(cluster, "Ingestion", CLUSTER, log4j, "--driver-java-options", "-XX:+UseSerialGC")
        .ended()
        .succeeded();

    assertThat(cluster.driversOnWorkers())
        .anyMatch(
            log ->
                log.contains("AFP-RUN-011 Cannot start: Java keeps closed what Spark needs")
                    && log.contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
                    && log.contains("failed (exit code 78)"));
  }
}
