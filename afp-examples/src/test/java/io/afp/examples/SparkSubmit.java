package io.afp.examples;

import io.afp.core.testing.SparkDistribution;
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

  /** Runs a job with an executor of its own, whose output goes below a folder. */
  Command.Ended jobOnExecutor(String layer, Path executors, Path log4j) {
    String configuration = "-Dlog4j2.configurationFile=" + log4j.toUri();
    return job(
        layer,
        Map.of("SPARK_WORKER_DIR", executors.toString()),
        List.of(
            "--master",
            "local-cluster[1,1,1024]",
            "--driver-java-options",
            configuration,
            "--conf",
            "spark.executor.extraJavaOptions=" + configuration));
  }

  private Command.Ended job(String layer, Map<String, String> environment, List<String> options) {
    String module = "afp-" + layer.toLowerCase(Locale.ROOT);
    List<String> command = new ArrayList<>();
    command.add(SparkDistribution.sparkSubmit().toString());
    command.addAll(List.of("--class", "io.afp.%s.%sJob".formatted(module.substring(4), layer)));
    command.addAll(options);
    command.addAll(List.of("--conf", "spark.ui.enabled=false"));
    command.addAll(List.of("--conf", "spark.driver.bindAddress=127.0.0.1"));
    command.addAll(List.of("--conf", "spark.driver.host=127.0.0.1"));
    command.addAll(List.of("--conf", "spark.sql.shuffle.partitions=2"));
    command.add(Reactor.jobJar(module).toString());
    command.addAll(List.of("--pipeline", "flights", "--interval", interval, "--run-key", runKey));
    Map<String, String> all = new HashMap<>(environment);
    all.put("SPARK_LOCAL_IP", "127.0.0.1");
    return Command.start(project.root(), all, command).ended();
  }
}
