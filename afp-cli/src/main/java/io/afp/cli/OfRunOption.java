package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.RunHistory;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The state of the lake that a run has left. */
final class OfRunOption {

  private static final List<String> READABLE = List.of("open", "fenced");

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = {
        "As this run has left it: on its branch while it has one, as a failed run does, else in its release.",
        "Without it, as everybody sees it."
      })
  String run;

  /** For a driver. */
  List<String> arguments(Ledger ledger) {
    if (run == null) {
      return List.of();
    }
    RunHistory history = new RunHistory(ledger.database());
    RunHistory.Entry entry = history.find(run);
    Optional<String> branch =
        history.attempts(entry.id()).stream()
            .filter(a -> a.branchState().filter(READABLE::contains).isPresent())
            .map(RunHistory.Attempt::branch)
            .reduce((first, last) -> last);
    return branch
        .map(name -> List.of("--branch", name))
        .orElseGet(() -> List.of("--release", release(entry)));
  }

  private static String release(RunHistory.Entry entry) {
    return entry
        .release()
        .map(String::valueOf)
        .orElseThrow(
            () ->
                new AfpException(
                    ErrorCode.UNKNOWN_BRANCH,
                    "Cannot show what run %s has left: its branch is gone, and it published nothing"
                        .formatted(entry.id()),
                    "Run the pipeline again; `afp rejects history` still has the reasons."));
  }
}
