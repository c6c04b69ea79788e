package io.afp.cli;

import io.afp.core.definition.AirflowDef;
import io.afp.core.definition.AirflowDef.DeployMode;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.settings.Settings;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The DAG of a pipeline.
 *
 * @param airflow of the pipeline over that of the project
 * @param reads tables of other pipelines
 */
record Dag(
    Project project,
    Settings settings,
    PipelineDef pipeline,
    AirflowDef airflow,
    DagTasks.By by,
    List<TableName> reads) {

  /** Early enough for all that somebody wants to load later. */
  static final String START_DATE = "2000-01-01";

  private static final long RETRIES = 2;
  private static final Duration RETRY_DELAY = Duration.ofMinutes(5);

  /** What spark-submit must know before the driver can read afp.yaml. */
  private static final Set<String> BEFORE_THE_DRIVER =
      Set.of(
          "spark.driver.cores",
          "spark.driver.extraClassPath",
          "spark.driver.extraJavaOptions",
          "spark.driver.extraLibraryPath",
          "spark.driver.memory",
          "spark.driver.memoryOverhead");

  String text() {
    requireLedger();
    Map<String, PythonCall> tasks = tasks();
    StringBuilder code = new StringBuilder(head());
    tasks.values().forEach(task -> code.append(task.at(4)).append('\n'));
    if (tasks.size() > 1) {
      code.append("    ").append(String.join(" >> ", tasks.keySet())).append('\n');
    }
    return Python.header(pipeline.description().orElse("The pipeline " + pipeline.name()))
        + imports(code.toString())
        + code;
  }

  /** By their names, in their order. */
  private Map<String, PythonCall> tasks() {
    Map<String, PythonCall> tasks = new LinkedHashMap<>();
    airflow
        .waitForInputs()
        .flatMap(this::sensor)
        .ifPresent(sensor -> tasks.put("wait_for_inputs", sensor));
    List<String> jobs = DagTasks.jobs(pipeline, by);
    for (String job : jobs) {
      String name = job.equals("pipeline") ? "run" : job;
      tasks.put(name, job(name, job, job.equals(jobs.get(0))));
    }
    return tasks;
  }

  private static PythonCall task(String name, String operator) {
    return new PythonCall(name + " = " + operator).add("task_id", Python.text(name));
  }

  private static String imports(String code) {
    String used =
        List.of("AfpInputSensor", "AfpJobOperator", "Asset", "afp_dag", "cron", "timedelta")
            .stream()
            .filter(name -> code.contains(name + "("))
            .collect(Collectors.joining(", "));
    return Python.imports(used);
  }

  private String head() {
    return new PythonCall("with afp_dag")
            .add(Python.text(pipeline.name()))
            .add("description", pipeline.description().map(Python::text))
            .add("schedule", schedule())
            .add(
                "start_date",
                Python.text(airflow.startDate().map(Object::toString).orElse(START_DATE)))
            .add("catchup", airflow.catchup().orElse(false) ? "True" : "False")
            .add("owner", pipeline.owner().map(Python::text))
            .add("retries", Long.toString(airflow.retries().orElse(RETRIES)))
            .add("retry_delay", Python.duration(airflow.retryDelay().orElse(RETRY_DELAY)))
            .add(
                "duration", pipeline.sla().flatMap(PipelineDef.Sla::duration).map(Python::duration))
            .add("tags", Python.texts(airflow.tags().isEmpty() ? List.of("afp") : airflow.tags()))
            .add("tasks", Python.dictionary(taskDefaults()))
            .at(0)
        + ":\n";
  }

  private String schedule() {
    if (pipeline.schedule().isPresent()) {
      String cron = Python.text(pipeline.schedule().get().strip().replaceAll("\\s+", " "));
      return "cron(%s, zone=%s)".formatted(cron, Python.text(zone()));
    }
    return reads.isEmpty() ? "None" : assets(reads);
  }

  private static String assets(List<TableName> tables) {
    return Python.list(
        tables.stream().map(t -> "Asset(%s)".formatted(Python.text("afp://lake/" + t))).toList());
  }

  /** What all tasks have. */
  private Map<String, String> taskDefaults() {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("pipeline", Python.text(folder()));
    pipeline
        .interval()
        .ifPresent(
            interval -> {
              String unit = interval.unit().word();
              defaults.put("unit", Python.text(unit));
              defaults.put("zone", Python.text(zone()));
            });
    put(defaults, "conn_id", airflow.connId());
    put(defaults, "pool", airflow.pool());
    put(defaults, "deploy_mode", airflow.deployMode().map(m -> m.name().toLowerCase(Locale.ROOT)));
    put(defaults, "ledger_conn_id", airflow.ledgerConnId());
    put(defaults, "project", airflow.project());
    put(defaults, "home", airflow.home());
    put(defaults, "environment", settings.environment());
    if (!airflow.secrets().isEmpty()) {
      defaults.put("secrets", Python.dictionary(quoted(airflow.secrets())));
    }
    if (!jars().isEmpty()) {
      defaults.put("jar_globs", Python.texts(jars()));
    }
    Map<String, String> spark = new TreeMap<>(settings.spark());
    spark.keySet().removeIf(key -> !BEFORE_THE_DRIVER.contains(key) || isReference(key));
    if (!spark.isEmpty()) {
      defaults.put("conf", Python.dictionary(quoted(spark)));
    }
    return defaults;
  }

  private static void put(Map<String, String> defaults, String key, Optional<String> value) {
    value.ifPresent(text -> defaults.put(key, Python.text(text)));
  }

  private static Map<String, String> quoted(Map<String, String> texts) {
    Map<String, String> quoted = new TreeMap<>(texts);
    quoted.replaceAll((key, value) -> Python.text(value));
    return quoted;
  }

  /** What comes from a reference may be a secret, or other on each machine. */
  private boolean isReference(String key) {
    return !settings.origins().get(key).references().isEmpty();
  }

  private List<String> jars() {
    List<String> jars = new ArrayList<>(settings.classpath());
    if (settings.s3().isPresent()) {
      jars.add("{home}/lib/s3/*.jar");
    }
    if (settings.observability().isUsed()) {
      jars.add("{home}/lib/observe/*.jar");
    }
    return jars;
  }

  private String folder() {
    return project.root().relativize(pipeline.folder()).toString().replace('\\', '/');
  }

  private String zone() {
    ZoneId zone = pipeline.interval().map(i -> i.zone()).orElse(ZoneId.of("Z"));
    if (zone.getId().equals("Z")) {
      return "UTC";
    }
    if (!ZoneId.getAvailableZoneIds().contains(zone.getId())) {
      throw impossible(
          "interval.zone",
          "Airflow knows no zone %s".formatted(zone),
          "Name the zone by a place, such as Europe/Berlin, or by Etc/GMT-2 for two hours east.");
    }
    return zone.getId();
  }

  /** Waits for the files; empty where there are none. */
  private Optional<PythonCall> sensor(Duration patience) {
    List<String> files = files();
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(
            task("wait_for_inputs", "AfpInputSensor")
                .add("files", Python.texts(files))
                .add("mode", Python.text("reschedule"))
                .add("timeout", Python.duration(patience)));
  }

  /** The files of all sources, as strftime has them. */
  private List<String> files() {
    Set<String> files = new TreeSet<>();
    for (TableDef table : pipeline.tables()) {
      table.fileSource().map(FileSourceDef::files).ifPresent(text -> files.add(files(text)));
    }
    return List.copyOf(files);
  }

  private String files(String text) {
    if (text.contains("://")) {
      throw cannotWait("a sensor of AFP sees no %s".formatted(text));
    }
    return Strftime.of(text)
        .orElseThrow(() -> cannotWait("strftime can't write the time of %s".formatted(text)));
  }

  private AfpException cannotWait(String why) {
    return impossible(
        "airflow.wait_for_inputs",
        why,
        "Leave wait_for_inputs out: a run without its files fails with 66, and is tried again.");
  }

  private PythonCall job(String name, String job, boolean first) {
    List<TableName> writes = pipeline.tables().stream().map(TableDef::name).sorted().toList();
    return task(name, "AfpJobOperator")
        .add("job", Python.text(job))
        .addIf(!first, "trigger_rule", Python.text("none_failed"))
        .addIf(first && !reads.isEmpty(), "inlets", assets(reads))
        .addIf(DagTasks.publishes(job), "outlets", assets(writes));
  }

  private void requireLedger() {
    boolean cluster = airflow.deployMode().filter(m -> m == DeployMode.CLUSTER).isPresent();
    if (cluster && airflow.ledgerConnId().isEmpty()) {
      throw impossible(
          "airflow.deploy_mode",
          "exit codes of drivers in the cluster do not reach Airflow, and it has no way to the ledger",
          "Add airflow.ledger_conn_id, the connection to the Postgres of the lake.");
    }
    if (cluster && !airflow.secrets().isEmpty()) {
      throw impossible(
          "airflow.secrets",
          "for a driver in the cluster they would be settings that all can read",
          "Give them to the cluster, and leave airflow.secrets out.");
    }
  }

  private AfpException impossible(String path, String why, String fix) {
    return AfpException.at(
        project.placeOf(pipeline, path),
        ErrorCode.DAG_IMPOSSIBLE,
        "Cannot make a DAG of pipeline %s: %s".formatted(pipeline.name(), why),
        fix);
  }
}
