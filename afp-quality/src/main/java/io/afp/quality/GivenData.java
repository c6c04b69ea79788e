package io.afp.quality;

import io.afp.core.error.AfpException;
import io.afp.core.error.Causes;
import io.afp.core.error.ErrorCode;
import io.afp.core.jdbc.Connector;
import io.afp.core.lake.LakeErrors;
import io.afp.core.settings.Addresses;
import io.afp.core.settings.ConnectionSettings;
import io.afp.core.settings.Secret;
import io.afp.core.settings.Settings;
import io.afp.core.yaml.Nearest;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** The rows that arguments name, and where the tables come from that checks refer to. */
final class GivenData {

  private static final String JDBC = "jdbc:";

  @Option(
      names = "--spark-table",
      paramLabel = "TABLE",
      description =
          "A table or view of Spark: namespace.name, or catalog.namespace.name of a catalog that"
              + " --conf configures. Tables that checks refer to are of the same catalog.")
  String table;

  @Option(
      names = "--parquet",
      paramLabel = "PATH",
      description = "Parquet: a folder, file or glob.")
  String parquet;

  @Option(
      names = "--files",
      paramLabel = "PATH",
      description = "Files of another format that Spark reads: a folder, file or glob.")
  String files;

  @Option(
      names = "--reader",
      paramLabel = "FORMAT",
      description = "Of --files: csv, json, orc, avro or another one that Spark knows.")
  String format;

  @Option(
      names = "--database",
      paramLabel = "CONNECTION|ADDRESS",
      description =
          "A database: its name under connections of afp.yaml, or its address. Tables that checks"
              + " refer to are of the same database.")
  String jdbc;

  @Option(
      names = "--dbtable",
      paramLabel = "TABLE",
      description =
          "The table of --database as the database names it, or (SELECT …) with an alias.")
  String dbtable;

  @Option(names = "--user", paramLabel = "NAME", description = "The account, beside an address.")
  String user;

  @Option(
      names = "--password-env",
      paramLabel = "NAME",
      description = "The variable of the process that has the password, beside an address.")
  String passwordEnv;

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description =
          "An option of Spark's reader, such as header=true, snapshot-id=1 or partitionColumn=id; may be"
              + " repeated.")
  Map<String, String> options = new LinkedHashMap<>();

  /**
   * Rows.
   *
   * @param others the tables that checks refer to
   * @param failure the failure of a query as one that names no secret
   */
  record Loaded(
      Dataset<Row> rows,
      Function<String, Dataset<Row>> others,
      Function<Exception, AfpException> failure) {

    <T> T translated(Supplier<T> work) {
      try {
        return work.get();
      } catch (Exception e) { // some that Spark throws are checked, but Scala does not declare them
        throw failure.apply(e);
      }
    }
  }

  /**
   * Fails where the arguments do not name rows.
   *
   * @throws AfpException USAGE
   */
  void require() {
    long named = Stream.of(table, parquet, files, jdbc).filter(Objects::nonNull).count();
    if (named != 1) {
      throw usage(
          named == 0 ? "no rows are named" : "rows are named twice",
          "Give one of --spark-table, --parquet, --files and --database.");
    }
    if ((files == null) != (format == null)) {
      throw usage("--files and --reader go together", "Give both, or --parquet.");
    }
    if ((jdbc == null) != (dbtable == null)) {
      throw usage("--database and --dbtable go together", "Give both.");
    }
    boolean address = jdbc != null && jdbc.startsWith(JDBC);
    if (!address && (user != null || passwordEnv != null)) {
      throw usage("--user and --password-env are of an address", "Leave them out.");
    }
    Stream<String> read = options.entrySet().stream().map(o -> o.getKey() + "=" + o.getValue());
    Stream<String> places = Stream.of(parquet, files, jdbc).filter(Objects::nonNull);
    Addresses.requireNoSecret(Stream.concat(read, places));
  }

  private static AfpException usage(String why, String fix) {
    return new AfpException(ErrorCode.USAGE, "Cannot judge: " + why, fix);
  }

  Loaded load(SparkSession session, Settings settings) {
    if (jdbc != null) {
      return ofDatabase(session, Connector.of(connection(settings), loader()));
    }
    if (table != null) {
      String[] parts = table.split("\\.");
      String catalog = parts.length > 2 ? parts[0] + "." : "";
      return loaded(
          table,
          () -> reader(session).table(table),
          name -> session.table(catalog + name),
          e -> ofFiles(table, e));
    }
    String path = parquet == null ? files : parquet;
    String as = parquet == null ? format : "parquet";
    Supplier<Dataset<Row>> rows = () -> reader(session).format(as).load(path);
    return loaded(path, rows, session::table, e -> ofFiles(path, e));
  }

  private static AfpException ofFiles(String what, Exception failure) {
    return LakeErrors.translate("read " + what, failure);
  }

  private DataFrameReader reader(SparkSession session) {
    return session.read().options(options);
  }

  private static ClassLoader loader() {
    return Thread.currentThread().getContextClassLoader();
  }

  private ConnectionSettings connection(Settings settings) {
    if (jdbc.startsWith(JDBC)) {
      Optional<Secret> password = Optional.ofNullable(passwordEnv).map(GivenData::password);
      return new ConnectionSettings(
          "--database", jdbc, Optional.ofNullable(user), password, Optional.empty());
    }
    ConnectionSettings known = settings.connections().get(jdbc);
    if (known == null) {
      throw new AfpException(
          ErrorCode.UNKNOWN_CONNECTION,
          "Cannot read from %s: afp.yaml has no such connection".formatted(jdbc),
          Nearest.fix(
              jdbc, settings.connections().keySet(), "Define it under connections of afp.yaml."));
    }
    return known;
  }

  private static Secret password(String variable) {
    return Optional.ofNullable(System.getenv(variable))
        .map(Secret::of)
        .orElseThrow(
            () ->
                new AfpException(
                    ErrorCode.SETTING_UNRESOLVED,
                    "Cannot resolve ${env:%s}: it is not there".formatted(variable),
                    "Define it, or name another one by --password-env."));
  }

  private Loaded ofDatabase(SparkSession session, Connector connector) {
    Function<String, Dataset<Row>> tables =
        name -> {
          try {
            return relation(session, connector, name);
          } catch (Exception e) { // some that drivers throw are checked, but Scala hides that
            throw ofDatabase(connector, name, e);
          }
        };
    return loaded(
        dbtable, () -> tables.apply(dbtable), tables, e -> ofDatabase(connector, dbtable, e));
  }

  private static AfpException ofDatabase(Connector connector, String table, Exception failure) {
    String action = "read " + table;
    return Causes.find(failure, SQLException.class)
        .map(sql -> connector.failure(action, sql))
        .orElseGet(() -> LakeErrors.translate(action, failure));
  }

  private Dataset<Row> relation(SparkSession session, Connector connector, String name) {
    DataFrameReader reader =
        session.read().option("fetchsize", 10_000).option("driver", connector.driver());
    if (name.equals(dbtable)) {
      reader = reader.options(options); // such as how it is read in parts
    }
    return reader.jdbc(connector.settings().uri(), name, connector.properties());
  }

  private static Loaded loaded(
      String what,
      Supplier<Dataset<Row>> rows,
      Function<String, Dataset<Row>> others,
      Function<Exception, AfpException> failure) {
    try {
      return new Loaded(rows.get(), others, failure);
    } catch (Exception e) { // an AnalysisException is checked, but Scala does not declare it
      if (e instanceof AnalysisException) {
        throw new AfpException(
            ErrorCode.NO_INPUT,
            "Cannot read %s: %s".formatted(what, Causes.firstLine(e)),
            "Name rows that are there.",
            e);
      }
      throw failure.apply(e);
    }
  }
}
