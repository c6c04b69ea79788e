package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.CheckHistory;
import io.afp.core.ledger.CheckHistory.Named;
import io.afp.core.yaml.Nearest;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A check that has a history. */
final class CheckOption {

  @Parameters(
      index = "0",
      paramLabel = "CHECK",
      description = "The name of a check, as `afp checks` has it.")
  String name;

  @Option(
      names = "--of",
      paramLabel = "TABLE",
      description = "Its table, where checks of several tables have this name.")
  String table;

  Named find(CheckHistory history) {
    List<Named> found =
        history.find(name).stream()
            .filter(check -> table == null || check.table().toString().equals(table))
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    throw found.isEmpty() ? unknown(history) : ambiguous(found);
  }

  private AfpException unknown(CheckHistory history) {
    String of = table == null ? "" : " of " + table;
    List<String> known = history.names();
    String otherwise =
        known.isEmpty()
            ? "There is none yet: run a pipeline that has checks."
            : "There are: %s.".formatted(String.join(", ", known));
    return new AfpException(
        ErrorCode.USAGE,
        "Cannot look it up: the ledger has no history of such a check%s (name=%s)"
            .formatted(of, name),
        Nearest.fix(name, known, otherwise));
  }

  private AfpException ambiguous(List<Named> found) {
    String tables =
        found.stream().map(check -> check.table().toString()).collect(Collectors.joining(", "));
    return new AfpException(
        ErrorCode.USAGE,
        "Cannot look it up: checks of several tables have this name (name=%s)".formatted(name),
        "Write --of with one of %s.".formatted(tables));
  }
}
