package io.afp.examples;

import io.afp.core.job.Job;
import io.afp.core.job.LakeQuery;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The drivers that commands start, in this process instead, on the Spark of the tests: a driver of
 * its own takes seconds until it does something. What it says is the report that the command shows.
 */
record Here(ProjectCopy project) {

  /** Runs the pipeline flights. */
  Command.Ended run(String interval) {
    return report(
        Job.of("afp-pipeline", Phase.values())::run,
        List.of("--pipeline", project.pipeline().toString(), "--interval", interval));
  }

  /** Asks the lake. */
  Command.Ended ask(String sql, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--query", sql));
    arguments.addAll(List.of(more));
    return report(LakeQuery::run, arguments);
  }

  private Command.Ended report(ToIntFunction<String[]> driver, List<String> arguments) {
    TestSpark.session();
    try {
      Path report = Files.createTempFile("afp-report-", ".json");
      List<String> all = new ArrayList<>(arguments);
      all.addAll(List.of("--project", project.root().toString(), "--report", report.toString()));
      int exitCode = driver.applyAsInt(all.toArray(String[]::new));
      String said = Files.readString(report);
      Files.delete(report);
      return new Command.Ended(exitCode, said, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
