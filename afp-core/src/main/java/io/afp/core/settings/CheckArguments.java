package io.afp.core.settings;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/**
 * The arguments that name rows which no pipeline fills, and what they are judged by: of the command
 * and of the job that it starts.
 */
public final class CheckArguments {

  private static final String JDBC = "jdbc:";

  @Option(
      names = "--spark-table",
      paramLabel = "TABLE",
      description =
          "A table or view of Spark: namespace.name, or catalog.namespace.name of a catalog that is"
              + " configured. Tables that checks refer to are of the same catalog.")
  private String table;

  @Option(
      names = "--parquet",
      paramLabel = "PATH",
      description = "Parquet: a folder, a file or a glob.")
  private String parquet;

  @Option(
      names = "--files",
      paramLabel = "PATH",
      description = "Files of another format that Spark reads: a folder, a file or a glob.")
  private String files;

  @Option(
      names = "--reader",
      paramLabel = "FORMAT",
      description = "Of --files: csv, json, orc, avro or another one that Spark knows.")
  private String format;

  @Option(
      names = "--database",
      paramLabel = "CONNECTION|ADDRESS",
      description =
          "A database: its name under connections of afp.yaml, or its address. Tables that checks"
              + " refer to are of the same database.")
  private String database;

  @Option(
      names = "--dbtable",
      paramLabel = "TABLE",
      description =
          "The table of --database as the database names it, or (SELECT …) with an alias.")
  private String dbtable;

  @Option(names = "--user", paramLabel = "NAME", description = "The account, beside an address.")
  private String user;

  @Option(
      names = "--password-env",
      paramLabel = "NAME",
      description = "The variable of the process that has the password, beside an address.")
  private String passwordEnv;

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description =
          "An option of Spark's reader, such as header=true, snapshot-id=1 or partitionColumn=id;"
              + " may be repeated.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "What the age of data is measured against: 2024-02-01, 2024-02-01T06:00Z or"
              + " 2024-02-01T06:00+01:00[Europe/Berlin]; else now.")
  private String at;

  /**
   * Fails where the arguments do not name rows, or tell a secret.
   *
   * @throws AfpException USAGE
   */
  public void require() {
    long named = Stream.of(table, parquet, files, database).filter(Objects::nonNull).count();
    if (named != 1) {
      throw usage(
          named == 0 ? "no rows are named" : "rows are named twice",
          "Give one of --spark-table, --parquet, --files and --database.");
    }
    if ((files == null) != (format == null)) {
      throw usage("--files and --reader go together", "Give both, or --parquet.");
    }
    if ((database == null) != (dbtable == null)) {
      throw usage("--database and --dbtable go together", "Give both.");
    }
    if (address().isEmpty() && (user != null || passwordEnv != null)) {
      throw usage("--user and --password-env are of an address", "Leave them out.");
    }
    Stream<String> places = Stream.of(parquet, files, database).filter(Objects::nonNull);
    Addresses.requireNoSecret(Stream.concat(readerOptions(), places));
  }

  private static AfpException usage(String why, String fix) {
    return new AfpException(ErrorCode.USAGE, "Cannot judge: " + why, fix);
  }

  private Stream<String> readerOptions() {
    return options.entrySet().stream().map(option -> option.getKey() + "=" + option.getValue());
  }

  /** These arguments once more, for another process. */
  public List<String> again() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("--spark-table", table);
    given.put("--parquet", parquet);
    given.put("--files", files);
    given.put("--reader", format);
    given.put("--database", database);
    given.put("--dbtable", dbtable);
    given.put("--user", user);
    given.put("--password-env", passwordEnv);
    given.put("--at", at);
    List<String> arguments = new ArrayList<>();
    given.forEach(
        (name, value) ->
            Optional.ofNullable(value).map(v -> List.of(name, v)).ifPresent(arguments::addAll));
    readerOptions().forEach(option -> arguments.addAll(List.of("--option", option)));
    return arguments;
  }

  /** A table of Spark. */
  public Optional<String> table() {
    return Optional.ofNullable(table);
  }

  /** A folder, a file or a glob. */
  public Optional<String> path() {
    return Optional.ofNullable(parquet).or(() -> Optional.ofNullable(files));
  }

  /** How Spark names the format of the files at {@link #path}. */
  public String format() {
    return parquet == null ? format : "parquet";
  }

  /** A database: the name of a connection, or an {@link #address}. */
  public Optional<String> database() {
    return Optional.ofNullable(database);
  }

  /** The address of a database that is no connection. */
  public Optional<String> address() {
    return database().filter(text -> text.startsWith(JDBC));
  }

  /** The table of the {@link #database}, as it names it. */
  public String dbtable() {
    return dbtable;
  }

  /** The account, beside an {@link #address}. */
  public Optional<String> user() {
    return Optional.ofNullable(user);
  }

  /** The variable of the process that has the password, beside an {@link #address}. */
  public Optional<String> passwordEnv() {
    return Optional.ofNullable(passwordEnv);
  }

  /** Options of Spark's reader. */
  public Map<String, String> options() {
    return Map.copyOf(options);
  }

  /** What the age of data is measured against, as it is written; empty for now. */
  public Optional<String> at() {
    return Optional.ofNullable(at);
  }
}
