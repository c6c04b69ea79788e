package io.afp.ingestion.infer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.FileFormat;
import io.afp.core.definition.Project;
import io.afp.core.error.Problem;
import io.afp.core.job.DriverTask;
import io.afp.core.settings.Settings;
import io.afp.ingestion.jdbc.UndeclaredTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a table file from data; what {@code afp infer} starts. */
@Command(name = "infer")
public final class InferTask extends DriverTask {

  @Option(names = "--source", required = true)
  String source;

  @Option(names = "--files")
  String files;

  @Option(names = "--jdbc")
  String connection;

  @Option(names = "--table", required = true)
  String table;

  @Option(names = "--format")
  String format;

  @Option(names = "--pipeline")
  Path pipeline;

  @Option(names = "--rows")
  Long rows;

  @Override
  protected ObjectNode work(Project project, Settings settings, List<Problem> problems) {
    return connection == null ? ofFiles(settings) : ofDatabase(settings);
  }

  private ObjectNode ofDatabase(Settings settings) {
    return InferredJson.of(
        InferredRelation.of(
            UndeclaredTable.find(table, connection, source, settings.connections()), table));
  }

  private ObjectNode ofFiles(Settings settings) {
    OptionalLong most = rows == null ? OptionalLong.empty() : OptionalLong.of(rows);
    Inference.Wish wish =
        new Inference.Wish(
            source,
            files,
            table,
            Optional.ofNullable(format).map(InferTask::format),
            most,
            PipelineCalendar.of(pipeline));
    return inSpark(
        "afp:infer", settings, session -> InferredJson.of(new Inference(session, wish).table()));
  }

  private static FileFormat format(String name) {
    return FileFormat.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
