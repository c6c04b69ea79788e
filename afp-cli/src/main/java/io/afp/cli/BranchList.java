package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.catalog.CatalogHistory;
import io.afp.core.catalog.CatalogHistory.BranchEntry;
import io.afp.core.catalog.CatalogHistory.RunOf;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the branches that are there. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the branches that can be read, newest first, with the tables that each of them changed.",
      "A branch that was published or discarded is not there any more."
    })
final class BranchList implements Callable<Integer> {

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    try (Ledger ledger = Ledger.open(options.settings(options.existingProject()), "afp/branch")) {
      List<BranchEntry> branches = new CatalogHistory(ledger.database()).branches();
      return options.output("branch list").success(text(branches), json(branches), List.of());
    }
  }

  private static String text(List<BranchEntry> branches) {
    if (branches.isEmpty()) {
      return "No branch";
    }
    TextTable table = new TextTable("branch", "state", "run", "created", "tables changed");
    for (BranchEntry branch : branches) {
      table.row(
          branch.name(),
          branch.state(),
          branch.run().map(run -> Cell.id(run.id())).orElse(""),
          Cell.time(branch.created()),
          Cell.list(branch.tables()));
    }
    return table.fit("branch", "run", "created");
  }

  private static ArrayNode json(List<BranchEntry> branches) {
    ArrayNode array = Output.JSON.createArrayNode();
    for (BranchEntry branch : branches) {
      ObjectNode node = array.addObject();
      node.put("branch", branch.name())
          .put("state", branch.state())
          .put("pipeline", branch.run().map(RunOf::pipeline).orElse(null))
          .put("run_id", branch.run().map(run -> run.id().toString()).orElse(null))
          .put("created", branch.created().toString());
      ArrayNode tables = node.putArray("tables");
      branch.tables().forEach(tables::add);
    }
    return array;
  }
}
