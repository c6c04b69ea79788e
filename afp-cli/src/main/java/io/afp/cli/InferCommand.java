package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.FileFormat;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.Count;
import io.afp.core.error.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a table file from data, or from what a database says of a table. */
@Command(
    name = "infer",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at files and writes the table file that fits them: how they are written, columns,"
          + " types.",
      "It says how sure it is of each type, and why. Files whose names have a month or another date"
          + " are loaded one such interval at a time if a column tells the same.",
      "With --jdbc it asks a database about a table: types, key, what is required.",
      "No file that is there is changed without --force; the Postgres of AFP is not needed."
    })
final class InferCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "A file, a folder or a glob; also an address such as s3a://bucket/*.csv. With --jdbc a"
              + " table, such as public.orders.")
  String source;

  @Option(
      names = "--jdbc",
      paramLabel = "CONNECTION",
      description = "The database that has the table, by its name under connections of afp.yaml.")
  String connection;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "csv, json, jsonl, parquet, avro or orc; else as the names of the files say.")
  FileFormat format;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "The name of the table; else raw and the name of the file.")
  String table;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The folder of the pipeline to write the file into, with a pipeline.yaml if it has none;"
              + " else it is printed.")
  Path out;

  @Option(names = "--force", description = "Replaces the table file that is there.")
  boolean force;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description =
          "How many rows to look at, from the beginnings of files all over; else all where they are"
              + " few.")
  Long rows;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    requireRows();
    requireFiles();
    InferredSource found =
        connection == null ? InferredSource.of(source, folder()) : InferredSource.ofTable(source);
    TableName name = found.table(Optional.ofNullable(table));
    List<NewFile> files = out == null ? List.of() : files(name, Output.JSON.createObjectNode());
    files.forEach(NewFile::requireWritable);
    if (!force) {
      requireNew(files);
    }
    return infer(found, name);
  }

  private void requireRows() {
    if (rows != null && rows < 1) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot look at the data: there is no row to look at (rows=%d)".formatted(rows),
          "Give a number from 1, or leave --rows out.");
    }
  }

  private void requireFiles() {
    if (connection != null && (rows != null || format != null)) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot look at a table of the database: --rows and --format are of files",
          "Leave them out.");
    }
  }

  /** Where relative paths of the table file start. */
  private Optional<Path> folder() {
    return out == null
        ? InferredSource.pipelineAbove(source)
        : Optional.of(out.toAbsolutePath().normalize());
  }

  private static void requireNew(List<NewFile> files) {
    files.stream()
        .filter(NewFile::isThere)
        .filter(InferCommand::isTable)
        .findFirst()
        .ifPresent(
            file -> {
              throw new AfpException(
                  ErrorCode.USAGE,
                  "Cannot write the table file: it is there already (file=%s)"
                      .formatted(file.path()),
                  "Choose another name by --table, leave --out out and compare what is printed, or"
                      + " replace it by --force.");
            });
  }

  private static boolean isTable(NewFile file) {
    return !file.path().endsWith(Project.PIPELINE_FILE);
  }

  private int infer(InferredSource found, TableName name) {
    Project project = options.project(out == null ? Path.of("") : out);
    String id = UUID.randomUUID().toString();
    try (Driver driver =
        new Driver(options.settings(project), "infer-" + id, Progress.forThisProcess())) {
      DriverEnd ended = driver.run("io.afp.ingestion.InferJob", id, arguments(found, name));
      return ended.exitCode() == 0
          ? show(name, (ObjectNode) ended.data())
          : options
              .output("infer")
              .end(ended.exitCode(), "", Output.JSON.nullNode(), ended.problems());
    }
  }

  private List<String> arguments(InferredSource found, TableName name) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--source", found.pattern(), "--files", found.files()));
    arguments.addAll(List.of("--table", name.toString()));
    if (connection != null) {
      arguments.addAll(List.of("--jdbc", connection));
    }
    if (format != null) {
      arguments.addAll(List.of("--format", format.toString()));
    }
    if (rows != null) {
      arguments.addAll(List.of("--rows", rows.toString()));
    }
    folder().ifPresent(pipeline -> arguments.addAll(List.of("--pipeline", pipeline.toString())));
    return arguments;
  }

  private int show(TableName name, ObjectNode data) {
    String text = data.path("text").asText();
    List<NewFile> written = out == null ? List.of() : write(files(name, data));
    ArrayNode paths = data.putArray("written");
    written.forEach(file -> paths.add(file.path().toString()));
    return options
        .output("infer")
        .success(out == null ? text.stripTrailing() : summary(data, written), data, List.of());
  }

  /** The files that were written: those that were not there, and by force the table file. */
  private List<NewFile> write(List<NewFile> files) {
    List<NewFile> written = new ArrayList<>();
    for (NewFile file : files) {
      if (!file.isThere()) {
        file.write();
        written.add(file);
      } else if (force && isTable(file)) {
        file.replace();
        written.add(file);
      }
    }
    return written;
  }

  private List<NewFile> files(TableName name, JsonNode data) {
    Path folder = out.toAbsolutePath().normalize();
    String pipeline = InferredSource.identifier(folder.getFileName().toString());
    JsonNode interval = data.path("interval");
    String unit =
        interval.path("declared").asBoolean()
            ? "interval: { unit: %s }%n".formatted(interval.path("unit").asText())
            : "";
    return List.of(
        new NewFile(
            folder.resolve(Project.PIPELINE_FILE), "pipeline: %s%n".formatted(pipeline) + unit),
        new NewFile(
            folder.resolve("tables").resolve(name.namespace()).resolve(name.name() + ".yaml"),
            data.path("text").asText()));
  }

  private String summary(JsonNode data, List<NewFile> written) {
    TextTable table = new TextTable("column", "type", "required", "certainty");
    for (JsonNode column : data.path("columns")) {
      table.row(
          column.path("name").asText(),
          column.path("type").asText(),
          column.path("required").asBoolean() ? "yes" : "",
          column.path("certainty").asText());
    }
    StringBuilder text = new StringBuilder(table.toString()).append("\n\n");
    data.path("not_loaded")
        .forEach(field -> text.append("Not loaded: ").append(field.asText()).append('\n'));
    if (data.has("interval")) {
      text.append(interval(data.path("interval"))).append('\n');
    }
    written.forEach(file -> text.append("Written: ").append(file.path()).append('\n'));
    return text.append("From ")
        .append(data.has("source") ? data.path("source").asText() : rows(data))
        .toString();
  }

  private static String interval(JsonNode interval) {
    String unit = interval.path("unit").asText();
    return interval.path("declared").asBoolean()
        ? "Interval: a %s, by %s; %s"
            .formatted(unit, interval.path("column").asText(), interval.path("why").asText())
        : "Interval: none; the names of the files have a %s, see the comments of the table file"
            .formatted(unit);
  }

  private static String rows(JsonNode data) {
    return "%s of %s, %s"
        .formatted(
            Count.of(data.path("rows").asLong(), "row"),
            Count.of(data.path("of_files").asInt(), "file"),
            data.path("all_rows").asBoolean() ? "all of them" : "a sample");
  }
}
