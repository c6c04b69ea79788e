package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.Project;
import io.afp.core.ledger.QualityHistory;
import io.afp.core.ledger.QualityHistory.Rejected;
import io.afp.core.ledger.RunReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists why runs rejected rows, from the ledger. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = {
      "Lists how many rows each run rejected for which reason, with one value and its file as a sample.",
      "It is what the ledger says, newest run first; `afp rejects list` has the rejects that are there now."
    })
final class RejectsHistory implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "TABLE", description = "A table; else all.")
  String table;

  @Mixin LimitOption limit;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    int most = limit.value();
    Project project = options.existingProject();
    try (Ledger ledger = Ledger.open(options.settings(project), "afp/rejects")) {
      List<Rejected> rejects =
          new QualityHistory(ledger.database()).newestRejects(Optional.ofNullable(table), most);
      if (rejects.isEmpty() && table != null) {
        KnownNames.of(project, ledger).requireTable(table);
      }
      return options.output("rejects history").success(text(rejects), json(rejects), List.of());
    }
  }

  private static String text(List<Rejected> rejects) {
    if (rejects.isEmpty()) {
      return "No row was rejected";
    }
    TextTable table = new TextTable("table", "column", "reason", "rows", "value", "file", "run");
    for (Rejected rejected : rejects) {
      RunReport.Reject reject = rejected.reject();
      table.row(
          reject.table().toString(),
          reject.column(),
          reject.reason(),
          Cell.number(reject.rows()),
          reject.value(),
          fileName(reject.file()),
          Cell.id(rejected.run()));
    }
    return table.fit("run");
  }

  /** The folders before it are long, and in the JSON. */
  private static String fileName(String file) {
    return file == null ? "" : file.substring(file.lastIndexOf('/') + 1);
  }

  private static ArrayNode json(List<Rejected> rejects) {
    ArrayNode array = Output.JSON.createArrayNode();
    for (Rejected rejected : rejects) {
      ObjectNode node = array.addObject();
      ReportJson.reject(rejected.reject(), node);
      node.put("run_id", rejected.run().toString());
    }
    return array;
  }
}
