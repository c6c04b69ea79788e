package io.afp.pipeline;

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

/** A real driver as a process of its own: the job jar through the class that spark-submit runs. */
final class ChildDriver implements Halt.Halted {

  private static final long PATIENCE_MINUTES = 4;

  private final Process process;
  private final Path log;

  private ChildDriver(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static ChildDriver run(Shop shop, String... arguments) {
    return start(List.of(), shop, arguments);
  }

  static ChildDriver backfill(Shop shop, String... arguments) {
    return start(List.of(), shop, BackfillJob.class, pipeline(shop, arguments));
  }

  /** Starts a driver that does not run the pipeline but does upkeep of the lake. */
  static ChildDriver upkeep(Shop shop, String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--project", shop.root().toString()));
    all.addAll(List.of("--report", shop.root().resolve("upkeep.json").toString()));
    return start(List.of(), shop, UpkeepJob.class, all);
  }

  /** Starts a driver; {@code prefix} is a program that starts it, such as one that sets a limit. */
  static ChildDriver start(List<String> prefix, Shop shop, String... arguments) {
    return start(prefix, shop, PipelineJob.class, pipeline(shop, arguments));
  }

  private static List<String> pipeline(Shop shop, String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("--pipeline", shop.root().resolve("shop").toString()));
    all.addAll(List.of("--project", shop.root().toString()));
    all.addAll(Arrays.asList(arguments));
    return all;
  }

  private static ChildDriver start(
      List<String> prefix, Shop shop, Class<?> job, List<String> arguments) {
    try {
      Path log = Files.createTempFile(shop.root(), "driver", ".log");
      List<String> command = new ArrayList<>(prefix);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(jvmOptions());
      command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1"));
      command.add(
          "-Dlog4j2.configurationFile=" + Path.of("../deploy/spark/log4j2.properties").toUri());
      command.addAll(List.of("-cp", Files.readString(Path.of("target/spark.classpath")).strip()));
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
      command.addAll(arguments);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new ChildDriver(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    exitCode();
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
