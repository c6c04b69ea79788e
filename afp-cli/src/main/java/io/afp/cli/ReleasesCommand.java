package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.catalog.CatalogHistory;
import io.afp.core.catalog.CatalogHistory.ReleaseEntry;
import io.afp.core.catalog.CatalogHistory.RunOf;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what was published. */
@Command(
    name = "releases",
    mixinStandardHelpOptions = true,
    description = "Lists the releases, newest first, with the tables that each of them changed.")
final class ReleasesCommand implements Callable<Integer> {

  @Mixin LimitOption limit;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    int most = limit.value();
    try (Ledger ledger = Ledger.open(options.settings(options.existingProject()), "afp/releases")) {
      List<ReleaseEntry> releases = new CatalogHistory(ledger.database()).releases(most);
      return options.output("releases").success(text(releases), json(releases), List.of());
    }
  }

  private static String text(List<ReleaseEntry> releases) {
    if (releases.isEmpty()) {
      return "Nothing was published yet";
    }
    TextTable table =
        new TextTable("release", "published", "kind", "pipeline", "run", "tables changed");
    for (ReleaseEntry release : releases) {
      table.row(
          Long.toString(release.number()),
          Cell.time(release.published()),
          release.kind() + (release.readable() ? "" : ", cleaned"),
          release.run().map(RunOf::pipeline).orElse(""),
          release.run().map(run -> Cell.id(run.id())).orElse(""),
          Cell.list(release.tables()));
    }
    return table.fit("published", "kind", "run");
  }

  private static ArrayNode json(List<ReleaseEntry> releases) {
    ArrayNode array = Output.JSON.createArrayNode();
    for (ReleaseEntry release : releases) {
      ObjectNode node = array.addObject();
      node.put("release", release.number())
          .put("published", release.published().toString())
          .put("kind", release.kind())
          .put("readable", release.readable())
          .put("pipeline", release.run().map(RunOf::pipeline).orElse(null))
          .put("run_id", release.run().map(run -> run.id().toString()).orElse(null));
      ArrayNode tables = node.putArray("tables");
      release.tables().forEach(tables::add);
    }
    return array;
  }
}
