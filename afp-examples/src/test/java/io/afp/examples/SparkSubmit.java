package io.afp.examples;

import io.afp.core.testing.SparkDistribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The job jars, through spark-submit of an unmodified Spark. */
record SparkSubmit(ProjectCopy project, String runKey, String interval) {

  /** Runs a job with all in one process. */
  Command.Ended job(String layer) {
    return job(layer, Map.of(), List.of("--master", "local[2]"));
  }

  /**
   * Runs a job with an executor of its own, whose output goes below a new folder: it is the home of
   * Spark, all of links.
   */
  Command.Ended jobOnExecutor(String layer, Path executors, Path log4j) throws IOException {
    Files.createDirectories(executors);
    for (String part : List.of("bin", "jars")) {
      Files.createSymbolicLink(executors.resolve(part), SparkDistribution.home().resolve(part));
    }
    String configuration = "-Dlog4j2.configurationFile=" + log4j.toUri();
    return job(
        layer,
        Map.of("SPARK_HOME", executors.toString()),
        List.of(
            "--master",
            "local-cluster[1,1,1024]",
            "--driver-java-options",
            configuration,
            "--conf",
            "spark.executor.extraJavaOptions=" + configuration));
  }

  /** Fills the tables of a pipeline without an interval, whose models are in a jar. */
  Command.Ended transform(String pipeline, Path jar) {
    return submit(
        "Transform",
        Map.of(),
        List.of("--master", "local[2]", "--jars", jar.toString()),
        List.of("--pipeline", pipeline));
  }

  /** Judges rows that no pipeline wrote. */
  Command.Ended check(Map<String, String> environment, String... arguments) {
    return submit(
        "afp-quality",
        "io.afp.quality.CheckJob",
        environment,
        List.of("--master", "local[2]"),
        List.of(arguments));
  }

  private Command.Ended job(String layer, Map<String, String> environment, List<String> options) {
    return submit(
        layer,
        environment,
        options,
        List.of("--pipeline", "flights", "--interval", interval, "--run-key", runKey));
  }

  private Command.Ended submit(
      String layer, Map<String, String> environment, List<String> options, List<String> arguments) {
    String name = layer.toLowerCase(Locale.ROOT);
    String mainClass = "io.afp.%s.%sJob".formatted(name, layer);
    return submit("afp-" + name, mainClass, environment, options, arguments);
  }

  private Command.Ended submit(
      String module,
      String mainClass,
      Map<String, String> environment,
      List<String> options,
      List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(SparkDistribution.sparkSubmit().toString());
    command.addAll(List.of("--class", mainClass));
    command.addAll(options);
    command.addAll(List.of("--conf", "spark.ui.enabled=false"));
    command.addAll(List.of("--conf", "spark.driver.bindAddress=127.0.0.1"));
    command.addAll(List.of("--conf", "spark.driver.host=127.0.0.1"));
    command.addAll(List.of("--conf", "spark.sql.shuffle.partitions=2"));
    command.add(Reactor.jobJar(module).toString());
    command.addAll(arguments);
    Map<String, String> all = new HashMap<>(environment);
    all.put("SPARK_LOCAL_IP", "127.0.0.1");
    return Command.start(project.root(), all, command).ended();
  }
}
