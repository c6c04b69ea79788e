package io.afp.core.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.Project;
import io.afp.core.error.Problem;
import io.afp.core.lake.LakeSession;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.LedgerVersion;
import io.afp.core.settings.Settings;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Option;

/** Work on the whole lake that belongs to no run of a pipeline. */
abstract class LakeTask extends DriverTask {

  static final ObjectMapper JSON = new ObjectMapper();

  /** Names the branch that the task works on, so that who started it finds what became of it. */
  @Option(names = "--id")
  UUID id = UUID.randomUUID();

  /** What the task works with. Spark starts when its session is first asked for. */
  record Tools(Project project, Settings settings, Database database, SparkDriver spark) {

    LakeSession sessions(String name) {
      return LakeSession.of(database.account(), settings, "afp/" + name);
    }
  }

  /**
   * What was found or done, for the command to show. Warnings go into the list, and errors of work
   * that is done in part.
   */
  abstract ObjectNode perform(Tools tools, List<Problem> problems);

  /** What Postgres and Spark show for its connections. */
  abstract String name();

  @Override
  protected ObjectNode work(Project project, Settings settings, List<Problem> problems) {
    try (Database database = Database.open(Job.account(settings), "afp/" + name());
        SparkDriver spark = SparkDriver.of("afp:" + name(), settings)) {
      LedgerVersion.require(database);
      return perform(new Tools(project, settings, database, spark), problems);
    }
  }
}
