package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.Project;
import io.afp.core.error.AfpException;
import io.afp.core.error.Problem;
import io.afp.core.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Work that belongs to no run of a pipeline. The command starts it in a driver of its own and reads
 * the answer from the report; who starts it by spark-submit gets it on standard output.
 */
public abstract class DriverTask {

  private static final Logger log = LoggerFactory.getLogger(DriverTask.class);

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "The folder with afp.yaml, if any.")
  Path project = Path.of("");

  @Option(names = "--env", paramLabel = "NAME", description = "The environment of afp.yaml.")
  String environment;

  /** Where the command reads the answer; without it the answer is printed. */
  @Option(names = "--report", hidden = true)
  Path report;

  /**
   * What was found or done, for the command to show.
   *
   * @param problems takes warnings, and errors of work that is done in part
   */
  protected abstract ObjectNode work(Project project, Settings settings, List<Problem> problems);

  /** Parses the arguments and works; the result is the exit code. */
  public static int run(DriverTask task, String[] args) {
    CommandLine command = new CommandLine(task);
    Optional<Integer> ended = Job.parse(command.getCommandName(), args, task);
    return ended.orElseGet(() -> task.run(command.getOut()));
  }

  private int run(PrintWriter out) {
    ObjectNode[] answer = {null};
    JobResult result =
        Job.result(
            () -> {
              List<Problem> problems = new ArrayList<>();
              answer[0] = open(problems);
              return ended(problems);
            });
    if (report != null) {
      result.write(report, answer[0]);
    } else {
      out.println(shown(result, answer[0]));
      out.flush();
    }
    return result.exitCode();
  }

  /**
   * What is printed where no command reads the report.
   *
   * @param answer null where the work failed
   */
  protected String shown(JobResult result, ObjectNode answer) {
    return result.document(answer).toPrettyString();
  }

  private ObjectNode open(List<Problem> problems) {
    Project found = Project.at(project);
    Settings settings = Settings.load(found, Optional.ofNullable(environment), System.getenv());
    return work(found, settings, problems);
  }

  private static JobResult ended(List<Problem> problems) {
    if (problems.stream().noneMatch(p -> p.severity() == Problem.Severity.ERROR)) {
      return new JobResult(0, "done", Optional.empty(), Optional.empty(), problems);
    }
    AfpException failure = AfpException.of(problems);
    log.error("{}", failure.getMessage());
    return new JobResult(
        failure.exitCode(), "failed", Optional.empty(), Optional.empty(), problems);
  }

  /** Works with a session that is on no branch, and ends it. */
  protected static <T> T inSpark(
      String application, Settings settings, Function<SparkSession, T> work) {
    try (SparkDriver spark = SparkDriver.of(application, settings)) {
      return work.apply(spark.session());
    }
  }
}
