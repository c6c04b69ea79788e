package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.Project;
import io.afp.core.error.Count;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes DAGs. Starts neither Spark nor Postgres, and needs no Airflow. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Writes one DAG a pipeline, for Airflow 2.11 and 3, and beside them what they are made of, afp_airflow.py.",
      "Of several pipelines also one DAG that runs all of them, in the order in which they read each other.",
      "Files that AFP has not written are never replaced."
    })
final class AirflowGenerate implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "PIPELINE", description = "Folders of pipelines.")
  List<Path> pipelines;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder of DAGs that Airflow reads.")
  Path out;

  @Option(
      names = "--by",
      paramLabel = "TASKS",
      defaultValue = "pipeline",
      description = {
        "One task for the whole pipeline, or one for each layer: pipeline or layer",
        "(default: ${DEFAULT-VALUE})."
      })
  DagTasks.By by;

  @Option(
      names = "--check",
      description = "Writes nothing, and fails if a file is not what would be written.")
  boolean check;

  @Mixin DryRunOption dryRun;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    Project project = options.project(pipelines.get(0));
    List<PipelineDef> definitions = project.check(pipelines).orThrow();
    Settings settings = options.checkedSettings(project).settings();
    List<DagFile> files = new Dags(project, settings, by).files(definitions, folder());
    files.forEach(DagFile::requireOurs);
    return check ? checked(files) : written(files);
  }

  private Path folder() {
    return out.toAbsolutePath().normalize();
  }

  private int written(List<DagFile> files) {
    if (!dryRun.dryRun) {
      files.forEach(DagFile::write);
    }
    return options.output("airflow generate").success(text(files), json(files), List.of());
  }

  private int checked(List<DagFile> files) {
    List<Problem> problems = files.stream().filter(f -> !f.isCurrent()).map(this::problem).toList();
    Output output = options.output("airflow generate");
    if (problems.isEmpty()) {
      String text = "%s: all are current".formatted(Count.of(files.size(), "file"));
      return output.success(text, json(files), problems);
    }
    int exitCode = ErrorCode.DAG_NOT_CURRENT.category().exitCode();
    return output.end(exitCode, "", json(files), problems);
  }

  private Problem problem(DagFile file) {
    return Problem.error(
        ErrorCode.DAG_NOT_CURRENT,
        "Cannot use %s: it is %s".formatted(name(file), state(file)),
        Location.file(file.path().toString()),
        "Run the same command without --check, and commit what it writes.");
  }

  private String text(List<DagFile> files) {
    TextTable table = new TextTable("file", "state");
    files.forEach(file -> table.row(name(file), state(file)));
    return dryRun.dryRun ? table + "\n\nNothing was changed: this was a dry run" : table.toString();
  }

  private ObjectNode json(List<DagFile> files) {
    ObjectNode data = Output.JSON.createObjectNode();
    data.put("folder", folder().toString()).put("by", by.name().toLowerCase(Locale.ROOT));
    data.put("dry_run", dryRun.dryRun).put("check", check);
    ArrayNode list = data.putArray("files");
    files.forEach(file -> list.addObject().put("path", name(file)).put("state", state(file)));
    return data;
  }

  private String name(DagFile file) {
    return folder().relativize(file.path()).toString();
  }

  /** As it is before anything is written. */
  private String state(DagFile file) {
    if (file.isCurrent()) {
      return "current";
    }
    if (dryRun.dryRun || check) {
      return file.isThere() ? "not current" : "missing";
    }
    return file.isThere() ? "replaced" : "written";
  }
}
