package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.SparkDistribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An Airflow of some version with a home of its own; it is installed once a build, below {@code
 * target}, and serves nothing: {@code airflow dags test} runs a DAG in one process.
 */
final class Airflow {

  private static final String DATABASE = "airflow.db";
  private static final String ROWS =
      """
      import sqlite3, sys
      for row in sqlite3.connect(sys.argv[1], timeout=60).execute(sys.argv[2], sys.argv[3:]):
          print(*row)
      """;
  private static final String LAST_TASK =
      "SELECT state, try_number FROM task_instance WHERE dag_id = ? AND task_id = 'run' ORDER BY rowid DESC LIMIT 1";

  private final Path environment;
  private final Path home;
  private final Map<String, String> variables;

  private Airflow(Path environment, Path home, ProjectCopy project, Map<String, String> more) {
    this.environment = environment;
    this.home = home;
    this.variables = variables(project);
    variables.putAll(more);
  }

  /**
   * An Airflow that reads the DAGs of a project.
   *
   * @param more variables of its environment, such as connections
   */
  static Airflow of(String version, ProjectCopy project, Map<String, String> more)
      throws IOException {
    Path environment = installed(version).folder();
    Path home = project.root().resolveSibling("airflow-" + version);
    Airflow airflow = new Airflow(environment, home, project, more);
    linkJobs(home);
    Files.createDirectories(home.resolve("conf"));
    Files.writeString(
        home.resolve("conf/spark-defaults.conf"),
        """
        spark.ui.enabled false
        spark.driver.host 127.0.0.1
        spark.driver.bindAddress 127.0.0.1
        """);
    airflow.createDatabase();
    return airflow;
  }

  private static Python installed(String version) throws IOException {
    Path packages =
        Reactor.target("afp-examples")
            .resolve("test-classes/io/afp/examples/airflow/packages-%s.txt".formatted(version));
    return Python.with("airflow-" + version, "--no-deps", "-r", packages.toString());
  }

  /** The tables of a version are made once: that takes longer than a driver. */
  private void createDatabase() throws IOException {
    Path empty = environment.resolve("empty.db");
    Once.make(
        environment.getFileName() + ".migrated",
        () -> {
          airflow("db", "migrate").ended().succeeded();
          Files.move(home.resolve(DATABASE), empty, StandardCopyOption.REPLACE_EXISTING);
        });
    Files.copy(empty, home.resolve(DATABASE));
  }

  /** The folder of jobs as a distribution has it. */
  private static void linkJobs(Path home) throws IOException {
    Path jar = Reactor.jobJar("afp-pipeline");
    Path jobs = Files.createDirectories(home.resolve("afp/jobs"));
    Files.createSymbolicLink(jobs.resolve(jar.getFileName()), jar);
  }

  private Map<String, String> variables(ProjectCopy project) {
    Path spark = SparkDistribution.home();
    String path =
        String.join(
            ":",
            environment.resolve("bin").toString(),
            spark.resolve("bin").toString(),
            System.getenv("PATH"));
    return new HashMap<>(
        Map.ofEntries(
            Map.entry("AIRFLOW_HOME", home.toString()),
            Map.entry("AIRFLOW__CORE__DAGS_FOLDER", project.root().resolve("dags").toString()),
            Map.entry("AIRFLOW__CORE__LOAD_EXAMPLES", "False"),
            Map.entry(
                "AIRFLOW_CONN_SPARK_DEFAULT", "{\"conn_type\": \"spark\", \"host\": \"local[2]\"}"),
            Map.entry("AFP_HOME", home.resolve("afp").toString()),
            Map.entry("AFP_PROJECT", project.root().toString()),
            Map.entry("SPARK_HOME", spark.toString()),
            Map.entry("SPARK_CONF_DIR", home.resolve("conf").toString()),
            Map.entry("SPARK_LOCAL_IP", "127.0.0.1"),
            Map.entry("PATH", path)));
  }

  /** The errors of all DAGs, as Airflow says them. */
  String importErrors() {
    List<String> words = new ArrayList<>(List.of("dags", "list-import-errors"));
    if (environment.toString().contains("airflow-3")) {
      words.add("--local");
    }
    return airflow(words.toArray(String[]::new)).ended().out();
  }

  /** What an expression gives, with the module beside the DAGs and pendulum. */
  String ask(String expression) {
    String code =
        "import sys; sys.path.append(sys.argv[1]); import afp_airflow, pendulum; print(%s)"
            .formatted(expression);
    String dags = variables.get("AIRFLOW__CORE__DAGS_FOLDER");
    String python = environment.resolve("bin/python").toString();
    return Command.start(home, variables, List.of(python, "-c", code, dags))
        .ended()
        .succeeded()
        .out()
        .strip();
  }

  /** Starts a run; each run of a DAG needs a day of its own. */
  Command start(String dag, String day) {
    return airflow("dags", "test", dag, day);
  }

  /**
   * Runs a DAG to its end.
   *
   * @param task how its task is to end, and after how many tries: {@code success 1}
   */
  void runs(String dag, String day, String task) {
    ran(dag, start(dag, day).ended(), task);
  }

  /** How the task of the newest run of a DAG has ended, and after how many tries. */
  void ran(String dag, Command.Ended run, String task) {
    assertThat(rows(LAST_TASK, dag)).as("%s", run).containsExactly(task);
  }

  /** The rows of a query on the database of Airflow, each as its values with a blank between. */
  List<String> rows(String sql, String... parameters) {
    List<String> command = new ArrayList<>();
    command.add(environment.resolve("bin/python").toString());
    command.addAll(List.of("-c", ROWS, home.resolve(DATABASE).toString(), sql));
    command.addAll(List.of(parameters));
    return Command.start(home, Map.of(), command).ended().succeeded().out().lines().toList();
  }

  /** Starts a command of Airflow. */
  Command airflow(String... words) {
    List<String> command = new ArrayList<>();
    command.add(environment.resolve("bin/airflow").toString());
    command.addAll(List.of(words));
    return Command.start(home, variables, command);
  }
}
