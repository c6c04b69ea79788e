package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.afp.core.error.Problem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what is wrong with the machine and the settings, and how to mend it. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Tries what a run needs: Java, disk, jars, ports, settings, Postgres and its ledger,",
      "and the databases of sources and buckets of S3 that the project names.",
      "Ends with 0 when nothing is wrong, also when there are warnings."
    })
final class DoctorCommand implements Callable<Integer> {

  private static final int TEXT = 23;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    List<Finding> findings = new Doctor(options).examine();
    List<Problem> problems =
        findings.stream().map(Finding::problem).flatMap(Optional::stream).toList();
    int exitCode =
        problems.stream()
            .filter(problem -> problem.severity() == Problem.Severity.ERROR)
            .findFirst()
            .map(problem -> problem.code().category().exitCode())
            .orElse(0);
    // In the text each of them stands in its line.
    return options
        .output("doctor")
        .end(exitCode, text(findings), json(findings), options.json ? problems : List.of());
  }

  private static String text(List<Finding> findings) {
    return findings.stream().map(DoctorCommand::line).collect(Collectors.joining("\n"));
  }

  /** The way to mend it stands below, so that neither is cut. */
  private static String line(Finding finding) {
    String head = "%-7s  %-12s  ".formatted(finding.state(), finding.part());
    String line =
        head.replaceFirst("^\\w+", TextTable.painted(finding.state()))
            + behind(head.length(), finding.detail());
    return finding.fix().isEmpty()
        ? line
        : "%s%n         fix           %s".formatted(line, behind(TEXT, finding.fix()));
  }

  private static String behind(int start, String text) {
    return Folded.text(" ".repeat(start) + text, TEXT).substring(start);
  }

  private static ArrayNode json(List<Finding> findings) {
    ArrayNode array = Output.JSON.createArrayNode();
    for (Finding finding : findings) {
      array
          .addObject()
          .put("part", finding.part())
          .put("state", finding.state())
          .put("detail", finding.detail())
          .put("fix", finding.fix());
    }
    return array;
  }
}
