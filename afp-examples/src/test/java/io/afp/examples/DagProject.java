package io.afp.examples;

import io.afp.core.testing.Halt;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A project with DAGs: of flights, whose January has some rows, and of cities, whose drivers need a
 * key that is the password of a connection.
 */
record DagProject(ProjectCopy copy) implements AutoCloseable {

  /** What nobody may see but the driver. */
  static final String SECRET = "geheim-17-geheim-89";

  /** Variables by which Airflow knows the secret. */
  static final Map<String, String> CONNECTIONS =
      Map.of(
          "AIRFLOW_CONN_CITIES",
          "{\"conn_type\": \"generic\", \"password\": \"%s\"}".formatted(SECRET));

  private static final String SETTINGS =
      """
      airflow: { retries: 1, retry_delay: PT1S }
      environments: { night: { pii: { key: "${env:CITIES_KEY}" } } }
      """;

  /** Cities have a negative number of people, which a check forbids. */
  static DagProject in(Path folder) {
    ProjectCopy copy = ProjectCopy.withPostgres(folder);
    copy.write("afp.yaml", copy.read("afp.yaml") + SETTINGS);
    copy.edit("2013-01", lines -> lines.subList(0, January.ROWS + 1));
    Cities.write(
        copy,
        "airflow: { secrets: { CITIES_KEY: cities } }\n",
        "type: int, checks: [ { between: [0, 99000000] } ]");
    DagProject project = new DagProject(copy);
    project.writeCities("Bern,-1");
    return project;
  }

  /** Writes the cities, one of them large. */
  void writeCities(String other) {
    copy.write("cities/data/city.csv", "city,people\n%s\nRom,2750000\n".formatted(other));
  }

  /** Adds the pipeline rotations, whose models are in a jar, and its DAG. */
  void addRotations() {
    String settings = copy.read("afp.yaml");
    copy.addRotations();
    copy.write("afp.yaml", settings + copy.read("afp.yaml"));
    generate("rotations");
  }

  /** Writes DAGs into the folder that Airflow reads. */
  void generate(String... words) {
    List<String> command = new ArrayList<>(List.of("airflow", "generate", "--out", "dags"));
    command.addAll(List.of(words));
    copy.afp(command.toArray(String[]::new)).succeeded();
  }

  /** Halts the next driver where it begins with a query. */
  Halt atAQuery() throws SQLException {
    return Halt.at(
        copy.postgres().live().orElseThrow(),
        "INSERT ON afp.step",
        "NEW.phase = 'transform' AND NEW.state = 'running'");
  }

  @Override
  public void close() {
    copy.close();
  }
}
