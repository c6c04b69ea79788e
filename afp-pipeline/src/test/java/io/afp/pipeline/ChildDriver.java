package io.afp.pipeline;

import io.afp.core.ledger.Database;
import io.afp.core.testing.Halt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real driver as a process of its own: the job jar through the class that spark-submit runs. */
final class ChildDriver implements Halt.Halted {

  private static final long PATIENCE_MINUTES = 4;

  private final Shop shop;
  private final Process process;
  private final Path log;

  private ChildDriver(
      Shop shop, List<String> prefix, List<String> options, Class<?> job, List<String> arguments) {
    this.shop = shop;
    try {
      this.log = Files.createTempFile(shop.root(), "driver", ".log");
      List<String> command = new ArrayList<>(prefix);
      command.addAll(java(options));
      command.addAll(submit(job));
      command.addAll(arguments);
      this.process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ChildDriver run(Shop shop, String... arguments) {
    return start(List.of(), shop, arguments);
  }

  static ChildDriver backfill(Shop shop, String... arguments) {
    return start(shop, BackfillJob.class, pipeline(shop, arguments));
  }

  /** Starts a driver that does not run the pipeline but does upkeep of the lake. */
  static ChildDriver upkeep(Shop shop, String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--project", shop.root().toString()));
    all.addAll(List.of("--report", shop.root().resolve("upkeep.json").toString()));
    return start(shop, UpkeepJob.class, all);
  }

  /** Starts a driver; {@code prefix} is a program that starts it, such as one that sets a limit. */
  static ChildDriver start(List<String> prefix, Shop shop, String... arguments) {
    return new ChildDriver(
        shop, prefix, ClassArchive.options(), PipelineJob.class, pipeline(shop, arguments));
  }

  /** A driver that leaves the classes that it has loaded in an archive, when it ends. */
  static ChildDriver archiving(Path archive, Shop shop, String... arguments) {
    return new ChildDriver(
        shop,
        List.of(),
        List.of("-XX:ArchiveClassesAtExit=" + archive),
        PipelineJob.class,
        pipeline(shop, arguments));
  }

  private static ChildDriver start(Shop shop, Class<?> job, List<String> arguments) {
    return new ChildDriver(shop, List.of(), ClassArchive.options(), job, arguments);
  }

  private static List<String> pipeline(Shop shop, String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("--pipeline", shop.root().resolve("shop").toString()));
    all.addAll(List.of("--project", shop.root().toString()));
    all.addAll(Arrays.asList(arguments));
    return all;
  }

  /** They live for seconds: what takes long to be fast does not pay. */
  private static List<String> java(List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions());
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-XX:ReservedCodeCacheSize=240m");
    command.addAll(options);
    command.add(
        "-Dlog4j2.configurationFile=" + Path.of("../deploy/spark/log4j2.properties").toUri());
    command.addAll(List.of("-cp", sparkClassPath()));
    return command;
  }

  private static List<String> submit(Class<?> job) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--class", job.getName()));
    command.addAll(List.of("--master", "local[2]"));
    for (String conf :
        List.of(
            "spark.ui.enabled=false",
            "spark.driver.host=127.0.0.1",
            "spark.driver.bindAddress=127.0.0.1")) {
      command.addAll(List.of("--conf", conf));
    }
    command.add(jobJar().toString());
    return command;
  }

  /** The jars of Spark, without the job's. */
  static String sparkClassPath() throws IOException {
    return Files.readString(Path.of("target/spark.classpath")).strip();
  }

  /** Spark's own list for Java 17, as the build gives it to this JVM. */
  private static List<String> jvmOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(o -> o.startsWith("--add-opens") || o.startsWith("-Djdk.reflect"))
        .toList();
  }

  private static Path jobJar() throws IOException {
    try (var files = Files.list(Path.of("target"))) {
      return files
          .filter(f -> f.getFileName().toString().endsWith("-spark.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("the job jar is not packaged"))
          .toAbsolutePath();
    }
  }

  /** Waits for the end; the exit code. */
  int exitCode() {
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("the driver hangs:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** SIGKILL; returns when the server has noticed that the holder of the lease is gone. */
  void kill() {
    process.destroyForcibly();
    exitCode();
    try (Database database = Database.open(shop.account(), "afp/test")) {
      Awaitility.await().until(() -> !holdsLease(database));
    }
  }

  private static boolean holdsLease(Database database) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("SELECT EXISTS (SELECT 1 FROM afp.lease l WHERE afp.is_held(l))")
                .mapTo(Boolean.class)
                .one());
  }

  /** SIGTERM, which the JVM treats like Ctrl-C. */
  void terminate() {
    process.destroy();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
