package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes away what nobody needs. */
@Command(
    name = "clean",
    mixinStandardHelpOptions = true,
    description = {
      "Takes away branches of failed runs, releases beyond the newest, their snapshots, and files that nothing reaches.",
      "Takes out rejects and quarantined rows that are older than `keep` says.",
      "Puts small files of what is kept beside merged tables together.",
      "Else main, the releases that are kept, and the branches that stay lose nothing. No run may be at work."
    })
final class CleanCommand implements Callable<Integer> {

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      defaultValue = "P7D",
      description =
          "Spares branches and files that are younger, such as P7D or PT12H (default: ${DEFAULT-VALUE}).")
  String olderThan;

  @Option(
      names = "--keep-releases",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Keeps the newest N; older ones can't be read or rolled back to any more (default: ${DEFAULT-VALUE}).")
  int keepReleases;

  @Mixin DryRunOption dryRun;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    requireAge();
    requireOneRelease();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "clean",
                "--older-than",
                olderThan,
                "--keep-releases",
                Integer.toString(keepReleases)));
    arguments.addAll(dryRun.arguments());
    return UpkeepDriver.of(options, options.existingProject())
        .run("clean", arguments, CleanCommand::text);
  }

  private void requireAge() {
    try {
      boolean negative =
          olderThan.contains("T")
              ? Duration.parse(olderThan).isNegative()
              : Period.parse(olderThan).isNegative();
      if (!negative) {
        return;
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw new AfpException(
        ErrorCode.USAGE,
        "Cannot clean: --older-than is not an age (older-than=%s)".formatted(olderThan),
        "Write an ISO-8601 duration such as P7D for seven days or PT12H for twelve hours.");
  }

  private void requireOneRelease() {
    if (keepReleases < 1) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot clean: the newest release is always kept (keep-releases=%d)"
              .formatted(keepReleases),
          "Write a number from 1.");
    }
  }

  private static String text(JsonNode data) {
    boolean dry = data.path("dry_run").asBoolean();
    TextTable table = new TextTable(dry ? "would go" : "gone", "count");
    table.row("branches", Integer.toString(data.path("branches").size()));
    table.row("releases", Integer.toString(data.path("releases").size()));
    table.row("snapshots", Cell.number(data.path("snapshots").asLong()));
    table.row("small files", Cell.number(data.path("small_files").asLong()));
    table.row("files", Cell.number(data.path("files").asLong()));
    table.row("bytes", Cell.number(data.path("bytes").asLong()));
    data.path("outdated")
        .forEach(
            rows ->
                table.row(
                    "rows of " + rows.path("table").asText(),
                    Cell.number(rows.path("rows").asLong())));
    return table + (dry ? "\n\nNothing was changed: this was a dry run" : "");
  }
}
