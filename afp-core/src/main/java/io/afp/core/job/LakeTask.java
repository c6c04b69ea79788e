package io.afp.core.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.Project;
import io.afp.core.error.AfpException;
import io.afp.core.error.Problem;
import io.afp.core.lake.LakeSession;
import io.afp.core.lake.S3Properties;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.LedgerVersion;
import io.afp.core.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Work on the whole lake that belongs to no run of a pipeline. The command starts it in a driver of
 * its own and reads the answer from the report.
 */
abstract class LakeTask {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final Logger log = LoggerFactory.getLogger(LakeTask.class);

  @Option(names = "--project")
  Path project = Path.of("");

  @Option(names = "--env")
  String environment;

  @Option(names = "--report", required = true)
  Path report;

  /** Names the branch that the task works on, so that who started it finds what became of it. */
  @Option(names = "--id")
  UUID id = UUID.randomUUID();

  /** What the task works with. Spark starts when its session is first asked for. */
  record Tools(Project project, Settings settings, Database database, SparkDriver spark) {

    LakeSession sessions(String name) {
      return new LakeSession(
          database.account(),
          settings.lake().warehouse(),
          "afp/" + name,
          S3Properties.iceberg(settings.s3()));
    }
  }

  /**
   * What was found or done, for the command to show. Warnings go into the list, and errors of work
   * that is done in part.
   */
  abstract ObjectNode perform(Tools tools, List<Problem> problems);

  /** What Postgres and Spark show for its connections. */
  abstract String name();

  /** Parses the arguments and works; the result is the exit code. */
  static int run(LakeTask task, String[] args) {
    new CommandLine(task).parseArgs(args);
    ObjectNode[] answer = {null};
    JobResult result =
        Job.result(
            () -> {
              List<Problem> problems = new ArrayList<>();
              answer[0] = task.open(problems);
              return ended(problems);
            });
    result.write(task.report, answer[0]);
    return result.exitCode();
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

  private ObjectNode open(List<Problem> problems) {
    Project found = Project.at(project);
    Settings settings = Settings.load(found, Optional.ofNullable(environment), System.getenv());
    try (Database database = Database.open(Job.account(settings), "afp/" + name());
        SparkDriver spark = SparkDriver.of("afp:" + name(), settings)) {
      LedgerVersion.require(database);
      return perform(new Tools(found, settings, database, spark), problems);
    }
  }
}
