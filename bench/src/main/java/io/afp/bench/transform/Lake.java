package io.afp.bench.transform;

import io.afp.core.job.CodedJob;
import io.afp.core.job.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * The lake of a benchmark. Its state is a database, which is copied before each measurement, so
 * that both sides of a pair start from the same tables; files are only ever added.
 *
 * <p>In each copy the tables of the lake are there once more in a catalog of the hand-written side,
 * with the same files.
 */
public final class Lake {

  /** The catalog of the hand-written side. */
  static final String HAND = "hand";

  private static final String LEDGER = "postgres";

  private final SparkSession spark;
  private final Path project;
  private final String server;
  private final String user;
  private final String password;

  /**
   * The lake of a project, whose Postgres is up and has the ledger.
   *
   * @param project a folder; what is in afp.yaml is written here
   */
  public Lake(SparkSession spark, Path project) {
    this.spark = spark;
    this.project = project;
    this.server = System.getenv("BENCH_URL").replaceFirst("/[^/]*$", "/");
    this.user = System.getenv("BENCH_USER");
    this.password = System.getenv("BENCH_PASSWORD");
  }

  /** Where the files of TPC-H are. */
  Path sources() {
    return project.resolveSibling("tpch");
  }

  /** Goes to a new, empty state. */
  public void startEmpty(String state) {
    copy(LEDGER, state);
  }

  /** Goes to a copy of a state, in place of one of the same name that was there before. */
  public void copy(String from, String state) {
    execute("template1", "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(state));
    execute("template1", disconnect(from), "CREATE DATABASE %s TEMPLATE %s".formatted(state, from));
    use(state);
  }

  private static String disconnect(String state) {
    return "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
        .formatted(state);
  }

  /** Goes to a state that is there. */
  void use(String state) {
    String settings =
        """
        lake: { uri: "%s", user: "%s", password: "${env:BENCH_PASSWORD}", warehouse: "%s" }
        """
            .formatted(server + state, user, project.resolve("warehouse"));
    try {
      Files.createDirectories(project);
      Files.writeString(project.resolve("afp.yaml"), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a job of AFP, and asks that it ends well. */
  public void run(Job job, String... arguments) {
    requireDone(job.run(arguments(arguments)));
  }

  /** Runs a job that is written in Java, and asks that it ends well. */
  public void run(CodedJob job, CodedJob.Program program) {
    requireDone(job.run(arguments(), program));
  }

  /** The arguments of a job of this lake. */
  String[] arguments(String... more) {
    return Stream.concat(Stream.of("--project", project.toString()), Arrays.stream(more))
        .toArray(String[]::new);
  }

  /** Arguments that name a pipeline. */
  public static String[] with(Path pipeline, String... more) {
    return Stream.concat(Stream.of("--pipeline", pipeline.toString()), Arrays.stream(more))
        .toArray(String[]::new);
  }

  static void requireDone(int exitCode) {
    if (exitCode != 0) {
      throw new IllegalStateException("Cannot measure: AFP ended with exit code " + exitCode);
    }
  }

  /** Gives the hand-written side the tables of a state. */
  void share(String state) {
    execute(
        state,
        """
        INSERT INTO iceberg_tables
        SELECT '%s', table_namespace, table_name, metadata_location, previous_metadata_location, iceberg_type
        FROM iceberg_tables WHERE catalog_name = 'lake'"""
            .formatted(HAND),
        """
        INSERT INTO iceberg_namespace_properties
        SELECT '%s', namespace, property_key, property_value
        FROM iceberg_namespace_properties WHERE catalog_name = 'lake'"""
            .formatted(HAND));
  }

  /** A session of the hand-written side. */
  public SparkSession byHand(String state) {
    return session(HAND, state);
  }

  /** A session that reads what AFP has published. */
  public SparkSession published(String state) {
    return session("lake", state);
  }

  private SparkSession session(String catalog, String state) {
    SparkSession session = spark.newSession();
    String key = "spark.sql.catalog." + catalog;
    Map.of(
            key,
            "org.apache.iceberg.spark.SparkCatalog",
            key + ".type",
            "jdbc",
            key + ".uri",
            server + state,
            key + ".jdbc.user",
            user,
            key + ".jdbc.password",
            password,
            key + ".jdbc.schema-version",
            "V1",
            key + ".warehouse",
            project.resolve("warehouse").toString(),
            "spark.sql.defaultCatalog",
            catalog,
            "spark.sql.session.timeZone",
            "UTC",
            "spark.sql.datetime.java8API.enabled",
            "true")
        .forEach(session.conf()::set);
    SparkSession.setActiveSession(session);
    return session;
  }

  /** The seconds of the steps of AFP's last run: phase and table, tab, seconds. */
  public List<String> steps(String state) {
    String sql =
        """
        SELECT phase || ' ' || table_namespace || '.' || table_name,
               extract(epoch FROM finished_at - s.started_at)
        FROM afp.step s WHERE run_id = (SELECT id FROM afp.run ORDER BY created_at DESC LIMIT 1)
        ORDER BY s.started_at""";
    List<String> steps = new ArrayList<>();
    try (Connection connection = connect(state);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        steps.add("%s\t%.2f".formatted(rows.getString(1), rows.getDouble(2)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return steps;
  }

  private void execute(String database, String... statements) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot prepare the database " + database, e);
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(server + database, user, password);
  }
}
