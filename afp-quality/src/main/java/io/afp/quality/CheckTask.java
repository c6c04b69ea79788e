package io.afp.quality;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableChecks;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import io.afp.core.job.DriverTask;
import io.afp.core.job.JobResult;
import io.afp.core.settings.CheckArguments;
import io.afp.core.settings.Settings;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges the rows that its arguments name by a checks file. */
@Command(
    name = "afp-check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Judges a table that no pipeline fills by a checks file.",
      "It ends with 65 if a check failed or is broken, with --dry-run too as far as that is known"
          + " without reading rows."
    })
final class CheckTask extends DriverTask {

  @Option(
      names = "--checks",
      required = true,
      paramLabel = "FILE",
      description = "The checks file.")
  Path checks;

  @Mixin CheckArguments given = new CheckArguments();

  @Option(
      names = "--dry-run",
      description = "Says how the checks are answered and how often rows are read, and reads none.")
  boolean dryRun;

  @Option(names = "--json", description = "Prints one JSON document.")
  boolean json;

  @Override
  protected ObjectNode work(Project project, Settings settings, List<Problem> problems) {
    QualityCheck check = QualityCheck.of(TableChecks.read(checks));
    QualityCheck timed = given.at().map(CheckTask::moment).map(check::asOf).orElse(check);
    given.require();
    return inSpark("afp:check", settings, session -> answer(timed, session, settings, problems));
  }

  private ObjectNode answer(
      QualityCheck check, SparkSession session, Settings settings, List<Problem> problems) {
    GivenData.Loaded loaded = new GivenData(given).load(session, settings);
    return loaded.translated(
        () -> {
          QualityCheck complete = check.others(loaded.others());
          if (dryRun) {
            QualityPlan plan = complete.plan(loaded.rows());
            problems.addAll(plan.problems());
            return VerdictJson.of(plan);
          }
          QualityResult result = complete.judge(loaded.rows());
          problems.addAll(result.problems());
          return VerdictJson.of(result);
        });
  }

  private static ZonedDateTime moment(String text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC)
          : ZonedDateTime.parse(text);
    } catch (DateTimeException e) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot judge: '%s' is no date, and no time with a zone".formatted(text),
          "Write --at 2024-02-01, or --at 2024-02-01T06:00Z.");
    }
  }

  @Override
  protected String shown(JobResult result, ObjectNode answer) {
    if (json) {
      return VerdictJson.document(result, answer);
    }
    return answer == null
        ? result.problems().stream().map(Problem::toText).collect(Collectors.joining("\n"))
        : answer.path("text").asText();
  }
}
