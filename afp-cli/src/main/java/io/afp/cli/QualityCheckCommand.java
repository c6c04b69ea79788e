package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableChecks;
import io.afp.core.settings.Addresses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges a table that no pipeline fills. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Judges a table that no pipeline fills by a checks file: files, a table of a database, or of"
          + " a catalog that spark of afp.yaml configures.",
      "It ends with 65 if a check failed or is broken. The Postgres of AFP is not needed."
    })
final class QualityCheckCommand implements Callable<Integer> {

  @Parameters(paramLabel = "CHECKS", description = "The checks file.")
  Path checks;

  @Option(
      names = "--spark-table",
      paramLabel = "TABLE",
      description =
          "A table of Spark: namespace.name, or catalog.namespace.name. Tables that checks refer to"
              + " are of the same catalog.")
  String table;

  @Option(
      names = "--parquet",
      paramLabel = "PATH",
      description = "Parquet: a folder, a file or a glob.")
  String parquet;

  @Option(
      names = "--files",
      paramLabel = "PATH",
      description = "Files of another format that Spark reads: a folder, a file or a glob.")
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
      description = "An option of Spark's reader, such as header=true; may be repeated.")
  Map<String, String> readerOptions = new LinkedHashMap<>();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "What the age of data is measured against: a date, or a time with its zone; else now.")
  String asOf;

  @Mixin DryRunOption dryRun;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    Stream<String> read =
        readerOptions.entrySet().stream().map(o -> o.getKey() + "=" + o.getValue());
    Stream<String> places = Stream.of(parquet, files, jdbc).filter(Objects::nonNull);
    Addresses.requireNoSecret(Stream.concat(read, places)); // a driver is another process
    TableChecks.read(checks); // mistakes are told before it starts
    Project project = options.project();
    String id = UUID.randomUUID().toString();
    try (Driver driver =
        new Driver(options.settings(project), "check-" + id, Progress.forThisProcess())) {
      DriverEnd ended = driver.run("io.afp.quality.CheckJob", id, arguments());
      JsonNode data = ended.data();
      String text = data.path("text").asText();
      if (data instanceof ObjectNode object) {
        object.remove("text");
      }
      return options.output("quality check").end(ended.exitCode(), text, data, ended.problems());
    }
  }

  private List<String> arguments() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("--checks", checks.toString());
    given.put("--spark-table", table);
    given.put("--parquet", parquet);
    given.put("--files", files);
    given.put("--reader", format);
    given.put("--database", jdbc);
    given.put("--dbtable", dbtable);
    given.put("--user", user);
    given.put("--password-env", passwordEnv);
    given.put("--at", asOf);
    List<String> arguments = new ArrayList<>();
    given.forEach((name, value) -> add(arguments, name, value));
    readerOptions.forEach((key, value) -> add(arguments, "--option", key + "=" + value));
    arguments.addAll(dryRun.arguments());
    return arguments;
  }

  private static void add(List<String> arguments, String name, String value) {
    if (value != null) {
      arguments.addAll(List.of(name, value));
    }
  }
}
