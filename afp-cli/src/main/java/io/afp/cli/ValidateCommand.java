package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.CheckedPipeline;
import io.afp.core.definition.CheckedProject;
import io.afp.core.definition.Project;
import io.afp.core.error.AfpException;
import io.afp.core.error.Count;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Reads definitions and settings, and says everything that is wrong with them. Starts neither Spark
 * nor Postgres.
 */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Finds all problems of definitions and settings, without Spark.")
final class ValidateCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..*",
      paramLabel = "PIPELINE",
      description = "Folders of pipelines; else all of the project.")
  List<Path> pipelines = new ArrayList<>();

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    Project project = options.project(pipelines.isEmpty() ? Path.of("") : pipelines.get(0));
    CheckedProject checked = pipelines.isEmpty() ? project.check() : project.check(pipelines);
    requireAny(project, checked);
    List<Problem> problems = new ArrayList<>(checked.problems());
    problems.addAll(settingsProblems(project));
    return report(checked.pipelines(), problems);
  }

  private static void requireAny(Project project, CheckedProject checked) {
    if (checked.pipelines().isEmpty()) {
      throw new AfpException(
          ErrorCode.NO_PIPELINE,
          "Cannot validate: there is no pipeline below the project (project=%s)"
              .formatted(project.root()),
          "A pipeline is a folder with a pipeline.yaml.");
    }
  }

  private List<Problem> settingsProblems(Project project) {
    try {
      options.settings(project);
      return List.of();
    } catch (AfpException e) {
      return e.problems();
    }
  }

  private int report(List<CheckedPipeline> pipelines, List<Problem> problems) {
    int folders = pipelines.size();
    long errors = problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).count();
    ObjectNode data = Output.JSON.createObjectNode();
    data.put("pipelines", folders).put("errors", errors).put("warnings", problems.size() - errors);
    ArrayNode tables = data.putArray("tables");
    for (CheckedPipeline pipeline : pipelines) {
      pipeline
          .definition()
          .ifPresent(p -> p.tables().forEach(t -> tables.add(t.name().toString())));
    }
    Output output = options.output("validate");
    if (errors > 0) {
      System.err.printf(
          "%s%s in %s%n",
          Count.of(errors, "error"),
          warned(problems.size() - errors),
          Count.of(folders, "pipeline"));
      return output.end(ErrorCode.WRONG_VALUE.category().exitCode(), "", data, problems);
    }
    String text =
        "%s with %s: no error%s"
            .formatted(
                Count.of(folders, "pipeline"),
                Count.of(tables.size(), "table"),
                warned(problems.size()));
    return output.success(text, data, problems);
  }

  private static String warned(long warnings) {
    return warnings == 0 ? "" : ", " + Count.of(warnings, "warning");
  }
}
