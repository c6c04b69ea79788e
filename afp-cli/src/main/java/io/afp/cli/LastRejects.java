package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.afp.core.ledger.QualityHistory.Rejected;
import io.afp.core.ledger.RunReport.Reject;
import java.util.List;
import java.util.UUID;

/** Why the last runs of pipelines rejected rows. */
record LastRejects(List<Rejected> rejected) {

  /** A line for each reason; empty where nothing was rejected. */
  String text() {
    if (rejected.isEmpty()) {
      return "";
    }
    TextTable table = new TextTable("rejects of", "rows", "column", "reason", "such as");
    for (Rejected each : rejected) {
      Reject reject = each.reject();
      table.row(
          reject.table().toString(),
          Cell.number(reject.rows()),
          reject.column(),
          reject.reason(),
          reject.value());
    }
    return "\n\n" + table.fit("such as");
  }

  /** Those of one run. */
  void describe(UUID run, ArrayNode array) {
    rejected.stream()
        .filter(each -> each.run().equals(run))
        .forEach(each -> ReportJson.reject(each.reject(), array.addObject()));
  }
}
