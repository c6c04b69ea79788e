package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.Project;
import io.afp.core.ledger.QualityHistory;
import io.afp.core.ledger.QualityHistory.Judged;
import io.afp.core.ledger.RunReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the last verdicts. */
@Command(
    name = "checks",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[COMMAND]",
    description = "Lists the checks of each table with the verdicts of the last time.",
    subcommands = {ChecksHistory.class, ChecksAcknowledge.class})
final class ChecksCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "TABLE|PIPELINE",
      description = "A table, or the name of a pipeline for all its tables; else all.")
  String of;

  @Option(names = "--failed", description = "Shows only those that did not pass.")
  boolean failed;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    Project project = options.existingProject();
    try (Ledger ledger = Ledger.open(options.settings(project), "afp/checks")) {
      List<Judged> all =
          new QualityHistory(ledger.database()).lastVerdicts(Optional.ofNullable(of));
      if (all.isEmpty() && of != null) {
        KnownNames.of(project, ledger).requireTableOrPipeline(of);
      }
      List<Judged> verdicts = all.stream().filter(this::isWanted).toList();
      return options.output("checks").success(text(verdicts), json(verdicts), List.of());
    }
  }

  private boolean isWanted(Judged verdict) {
    return !failed || !verdict.check().isFine();
  }

  private String text(List<Judged> verdicts) {
    if (verdicts.isEmpty()) {
      return failed ? "No check that did not pass" : "No check was judged yet";
    }
    TextTable table =
        new TextTable("table", "check", "status", "judged", "failed", "severity", "run");
    for (Judged verdict : verdicts) {
      RunReport.Check check = verdict.check();
      table.row(
          check.table().toString(),
          check.name(),
          check.status(),
          Cell.number(check.rowsJudged()),
          Cell.number(check.rowsFailed()),
          check.severity(),
          Cell.id(verdict.run()));
    }
    return table.fit("run");
  }

  private static ArrayNode json(List<Judged> verdicts) {
    ArrayNode array = Output.JSON.createArrayNode();
    for (Judged verdict : verdicts) {
      ObjectNode node = array.addObject();
      ReportJson.check(verdict.check(), node);
      node.put("run_id", verdict.run().toString());
    }
    return array;
  }
}
