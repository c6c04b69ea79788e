package io.afp.core.job;

import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.Project;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.LedgerVersion;
import io.afp.core.settings.Settings;
import io.afp.core.spi.Outside;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Does what is missing or stale in a time, oldest first, in one driver.
 *
 * <p>It works in chunks, each of which is a run of its own that is judged, published and served. So
 * what is done stays done when a later chunk fails or the driver is killed, and the same backfill
 * again does the rest.
 */
public final class Backfill {

  private static final String NAME = "afp-backfill";

  private final BackfillArguments arguments;
  private final BackfillReport report = new BackfillReport();

  private Backfill(BackfillArguments arguments) {
    this.arguments = arguments;
  }

  /**
   * Runs a backfill with all layers that are on the class path.
   *
   * @return the exit code: of the chunk that failed, if one did
   */
  public static int run(String[] args) {
    BackfillArguments arguments = new BackfillArguments();
    Optional<Integer> ended = Job.parse(NAME, args, arguments);
    if (ended.isPresent()) {
      return ended.get();
    }
    Backfill backfill = new Backfill(arguments);
    JobResult result = Job.result(backfill::execute);
    return Job.end(NAME, result, arguments.report, backfill.report.data());
  }

  private JobResult execute() {
    Project project = Project.at(arguments.projectStart());
    PipelineDef pipeline = Job.read(project, arguments.pipeline);
    Settings settings = Settings.load(project, arguments.environment(), System.getenv());
    try (Database database =
            Database.open(Job.account(settings), "afp/backfill/" + pipeline.name());
        SparkDriver spark = SparkDriver.of("afp:" + pipeline.name(), settings)) {
      LedgerVersion.require(database);
      Supplier<Planner> planners =
          () ->
              new Planner(
                  project,
                  pipeline,
                  Plugins.load().stages(),
                  database,
                  Outside.of(spark.hadoop(), settings));
      BackfillWork.Tools tools = new BackfillWork.Tools(database, spark, planners);
      return new BackfillWork(arguments, settings, pipeline, report, tools).execute();
    }
  }
}
