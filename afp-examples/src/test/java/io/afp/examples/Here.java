package io.afp.examples;

import io.afp.core.job.Job;
import io.afp.core.job.LakeQuery;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.Reported;
import io.afp.core.testing.TestSpark;
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
    return run("flights", interval);
  }

  /** Runs another pipeline of the project. */
  Command.Ended run(String pipeline, String interval) {
    return report(
        Job.of("afp-pipeline", Phase.values())::run,
        List.of("--pipeline", "" + project.root().resolve(pipeline), "--interval", interval));
  }

  /** Asks the lake. */
  Command.Ended ask(String sql, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--query", sql));
    arguments.addAll(List.of(more));
    return report(LakeQuery::run, arguments);
  }

  private Command.Ended report(ToIntFunction<String[]> driver, List<String> arguments) {
    TestSpark.session();
    Reported reported = Reported.of(driver, project.root(), arguments);
    return new Command.Ended(reported.exitCode(), reported.text(), "");
  }
}
