package io.afp.core.settings;

import io.afp.core.definition.AirflowDef;
import io.afp.core.definition.KeepDef;
import io.afp.core.definition.Project;
import io.afp.core.error.AfpException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a project runs. For each key, the first of these that has it decides:
 *
 * <ol>
 *   <li>the chosen environment under {@code environments} of {@code afp.yaml}
 *   <li>the rest of {@code afp.yaml}
 *   <li>the default: everything is embedded under {@code .afp/} beside the project
 * </ol>
 *
 * @param root the folder of the project
 * @param environment the chosen environment
 * @param s3 how S3 is reached; empty where nothing says that it is used
 * @param observability where the life of runs is told beside log and ledger
 * @param piiKey the key for hashes of personal values; empty where none is set
 * @param keep how long rows that did not get into tables are kept, where a table does not say it
 * @param connections the databases that sources read, by name
 * @param spark settings of Spark by their full names
 * @param classpath jars for the drivers: each a path, a glob or a URI; paths start at {@code root}
 * @param airflow how Airflow runs the pipelines, where a pipeline does not say it
 * @param origins where each setting comes from that is not a default, by names such as {@code
 *     lake.uri} or {@code classpath[0]}
 */
public record Settings(
    Path root,
    Optional<String> environment,
    LakeSettings lake,
    ServingSettings serving,
    Optional<S3Settings> s3,
    ObservabilitySettings observability,
    Optional<Secret> piiKey,
    KeepDef keep,
    Map<String, ConnectionSettings> connections,
    Map<String, String> spark,
    List<String> classpath,
    AirflowDef airflow,
    Map<String, Origin> origins) {

  public Settings {
    connections = Map.copyOf(connections);
    spark = Map.copyOf(spark);
    classpath = List.copyOf(classpath);
    origins = Map.copyOf(origins);
  }

  /**
   * Reads {@code afp.yaml} of a project; a project without it has the defaults.
   *
   * @param environment the name of an environment that is laid over the rest
   * @param processEnvironment the variables that <code>${env:X}</code> refers to
   * @throws AfpException with all problems of the file, and all references that can't be resolved
   */
  public static Settings load(
      Project project, Optional<String> environment, Map<String, String> processEnvironment) {
    return check(project, environment, processEnvironment).orThrow();
  }

  /**
   * Reads {@code afp.yaml} as {@link #load} does, also where values can't be used.
   *
   * @throws AfpException with all problems, if the file can't be read as settings
   */
  public static CheckedSettings check(
      Project project, Optional<String> environment, Map<String, String> processEnvironment) {
    return new SettingsReader(project, environment).check(processEnvironment);
  }

  /** The folder for what AFP keeps beside the project. */
  public Path home() {
    return new Project(root).home();
  }

  /**
   * All settings with a value, those that must not be seen as stars, in the order of their names.
   */
  public List<ShownSetting> shown() {
    return ShownSetting.of(this);
  }

  /** Names of Spark settings only: their values may come from secrets. */
  @Override
  public String toString() {
    return "Settings[root=%s, environment=%s, lake=%s, serving=%s, s3=%s, spark=%s]"
        .formatted(root, environment, lake, serving, s3, spark.keySet());
  }
}
