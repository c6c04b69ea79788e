package io.afp.examples;

import static org.awaitility.Awaitility.await;

import io.afp.core.testing.SparkDistribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A standalone cluster of an unmodified Spark on this machine: a master and two workers, each a
 * process of its own with a folder of its own.
 */
final class StandaloneCluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Pattern TASK = Pattern.compile("Running task ");
  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern REST =
      Pattern.compile("REST server for submitting applications on \\S+ with port (\\d+)");
  private static final Pattern REGISTERED =
      Pattern.compile("(Successfully registered with master)");
  private static final String DRIVER = "org.apache.spark.deploy.worker.DriverWrapper";

  private final Path folder;
  private final Command master;
  private final String address;
  private final List<Worker> workers = new ArrayList<>();

  /**
   * A worker.
   *
   * @param work where its drivers and executors write
   */
  record Worker(Command process, Path work) {

    /** What each of its executors has written so far. */
    List<String> executors() {
      return RunLines.written(work, "app-");
    }

    /** How many tasks its executors have begun. */
    long tasks() {
      return executors().stream().flatMap(log -> TASK.matcher(log).results()).count();
    }

    /** Returns when its executors have begun more tasks than these. */
    void awaitMoreThan(long tasks) {
      await().atMost(PATIENCE).pollInterval(POLL).until(() -> tasks() > tasks);
    }
  }

  private StandaloneCluster(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.master = start("master.Master", "--port", "0");
    this.address = said(master, MASTER);
  }

  /** Starts a cluster that keeps what its workers write below a folder. */
  static StandaloneCluster in(Path folder) throws IOException {
    StandaloneCluster cluster = new StandaloneCluster(folder);
    cluster.startWorker();
    cluster.startWorker();
    return cluster;
  }

  /** Starts one more worker, and waits until the master knows it. */
  private void startWorker() throws IOException {
    Path work = Files.createTempDirectory(folder, "worker-");
    Command process =
        start("worker.Worker", "--cores", "2", "--memory", "3g", "--work-dir", work + "", address);
    workers.add(new Worker(process, work));
    said(process, REGISTERED);
  }

  private Command start(String part, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                SparkDistribution.home().resolve("bin/spark-class").toString(),
                "org.apache.spark.deploy." + part,
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0"));
    command.addAll(List.of(arguments));
    return Command.start(
        folder,
        Map.of(
            "SPARK_LOCAL_IP",
            "127.0.0.1",
            "SPARK_MASTER_OPTS",
            "-Dspark.master.rest.enabled=true -Dspark.master.rest.port=0"),
        command);
  }

  private static String said(Command process, Pattern line) {
    Matcher[] found = new Matcher[1];
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("ended at its start:\n" + process.log());
              }
              found[0] = line.matcher(process.log());
              return found[0].find();
            });
    return found[0].group(1);
  }

  /** What {@code --master} takes. */
  String address() {
    return address;
  }

  /** Where the master says over HTTP what drivers do. */
  String restPort() {
    return said(master, REST);
  }

  /** Those that are alive. */
  List<Worker> workers() {
    return List.copyOf(workers);
  }

  /**
   * SIGKILL to a worker and to its executors, as when its machine is lost; another one takes its
   * place.
   */
  void replace(Worker worker) throws IOException {
    worker.process().killWithChildren();
    workers.remove(worker);
    startWorker();
  }

  /** SIGKILL to the drivers that workers run. */
  void killDrivers() {
    List<ProcessHandle> drivers = drivers();
    if (drivers.isEmpty()) {
      throw new AssertionError("no worker has a driver");
    }
    drivers.forEach(ProcessHandle::destroyForcibly);
  }

  private List<ProcessHandle> drivers() {
    return workers.stream().flatMap(worker -> worker.process().children(DRIVER)).toList();
  }

  /** What each driver wrote that a worker ran. */
  List<String> driversOnWorkers() {
    return RunLines.written(folder, "driver-");
  }

  @Override
  public void close() {
    workers.forEach(worker -> worker.process().killWithChildren());
    master.killWithChildren();
  }
}
