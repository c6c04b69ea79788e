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
import org.apache.spark.launcher.JavaModuleOptions;

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

  /**
   * Starts the job of a layer on a cluster, whose workers do not open to drivers what Spark needs
   * of Java.
   *
   * @param mode client or cluster
   * @param options of spark-submit
   */
  Command startOn(
      StandaloneCluster cluster, String layer, String mode, Path log4j, String... options) {
    String java =
        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dlog4j2.configurationFile=" + log4j.toUri();
    List<String> all =
        new ArrayList<>(
            List.of(
                "--master",
                cluster.address(),
                "--deploy-mode",
                mode,
                "--driver-java-options",
                JavaModuleOptions.defaultModuleOptions() + " " + java,
                "--conf",
                "spark.executor.extraJavaOptions=" + java,
                "--conf",
                "spark.standalone.submit.waitAppCompletion=true"));
    all.addAll(List.of("--executor-cores", "1", "--total-executor-cores", "2"));
    all.addAll(List.of(options));
    return start("afp-" + name(layer), mainClass(layer), Map.of(), all, arguments());
  }

  private List<String> arguments() {
    return List.of(
        "--project",
        project.root().toString(),
        "--pipeline",
        project.pipeline().toString(),
        "--interval",
        interval,
        "--run-key",
        runKey);
  }

  private Command.Ended job(String layer, Map<String, String> environment, List<String> options) {
    return submit(layer, environment, options, arguments());
  }

  private Command.Ended submit(
      String layer, Map<String, String> environment, List<String> options, List<String> arguments) {
    return submit("afp-" + name(layer), mainClass(layer), environment, options, arguments);
  }

  private static String name(String layer) {
    return layer.toLowerCase(Locale.ROOT);
  }

  private static String mainClass(String layer) {
    return "io.afp.%s.%sJob".formatted(name(layer), layer);
  }

  private Command.Ended submit(
      String module,
      String mainClass,
      Map<String, String> environment,
      List<String> options,
      List<String> arguments) {
    return start(module, mainClass, environment, options, arguments).ended();
  }

  private Command start(
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
    return Command.start(project.root(), all, command);
  }
}
