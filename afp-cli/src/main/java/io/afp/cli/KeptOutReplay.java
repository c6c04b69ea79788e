package io.afp.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.PipelineReader;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.RunRecord;
import io.afp.core.ledger.Runs;
import io.afp.core.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Judges rows that are kept beside a table by the definition of today. */
abstract class KeptOutReplay implements Callable<Integer> {

  private final KeptOutText text;
  private final String option;

  /**
   * A command.
   *
   * @param option of the job that names the table
   */
  KeptOutReplay(KeptOutText text, String option) {
    this.text = text;
    this.option = option;
  }

  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The folder of the pipeline.")
  Path pipeline;

  @Parameters(index = "1", paramLabel = "TABLE", description = "A table of the pipeline.")
  String table;

  @Mixin IntervalOption interval;

  @Mixin DryRunOption dryRun;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    Project project = options.project(pipeline);
    return dryRun.dryRun ? check(project) : replay(project);
  }

  private int check(Project project) {
    List<String> arguments = new ArrayList<>(List.of(text.rows() + "-check"));
    arguments.addAll(List.of("--pipeline", pipeline.toString(), "--table", name().toString()));
    arguments.addAll(interval.arguments());
    return UpkeepDriver.of(options, project)
        .run(text.rows() + " replay", arguments, text::wouldReplay);
  }

  private int replay(Project project) {
    Settings settings = options.settings(project);
    PipelineDef definition = PipelineReader.read(project, pipeline);
    String asked = Runs.replay(text.rows(), name(), requested(definition));
    try (Ledger ledger = Ledger.open(settings, "afp/" + text.rows())) {
      UUID id =
          new Runs(ledger.database())
              .unfinished(definition.name(), asked, false)
              .map(RunRecord::id)
              .orElseGet(UUID::randomUUID);
      ledger.rename("afp/%s/%s".formatted(id, text.rows()));
      try (Driver driver = new Driver(settings, id.toString(), Progress.forThisProcess())) {
        DriverEnd ended = driver.run("io.afp.pipeline.PipelineJob", id.toString(), arguments(id));
        return new RunEnd(ledger, id, ended)
            .report(options.output(text.rows() + " replay"), this::text, KeptOutText::describe);
      }
    }
  }

  private Optional<Interval> requested(PipelineDef definition) {
    return Optional.ofNullable(interval.interval)
        .flatMap(text -> definition.requested(Optional.of(text)));
  }

  private TableName name() {
    try {
      return TableName.parse(table);
    } catch (IllegalArgumentException e) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot replay %s: ".formatted(text.rows()) + e.getMessage(),
          "Name the table, such as raw.orders.");
    }
  }

  private List<String> arguments(UUID id) {
    List<String> arguments =
        new ArrayList<>(List.of("--pipeline", pipeline.toString(), "--run-id", id.toString()));
    arguments.addAll(List.of(option, table));
    arguments.addAll(interval.arguments());
    return arguments;
  }

  private String text(ObjectNode data) {
    return text.replayed(table, data);
  }
}
