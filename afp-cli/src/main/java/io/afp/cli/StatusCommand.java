package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.settings.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says how the pipelines of the ledger stand. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows the last run of each pipeline, and what is at work now.")
final class StatusCommand implements Callable<Integer> {

  private static final String SQL =
      """
      SELECT DISTINCT ON (pipeline) pipeline, interval, state, release_id::text, attempts::text,
             to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS"Z"') AS started,
             round(extract(epoch FROM duration), 1)::text AS seconds, coalesce(error_code, '') AS error, run_id::text
        FROM afp.v_run ORDER BY pipeline, created_at DESC
      """;

  private static final List<String> COLUMNS =
      List.of(
          "pipeline", "interval", "state", "release", "attempts", "started", "seconds", "error");

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    Settings settings = options.settings(options.project());
    try (Ledger ledger = Ledger.open(settings, "afp/status")) {
      List<String[]> runs =
          ledger
              .database()
              .inTransaction(
                  handle ->
                      handle
                          .createQuery(SQL)
                          .map(
                              (rs, context) -> {
                                String[] row = new String[COLUMNS.size() + 1];
                                for (int i = 0; i < row.length; i++) {
                                  row[i] = rs.getString(i + 1);
                                }
                                return row;
                              })
                          .list());
      return options.output("status").success(text(runs), json(runs), List.of());
    }
  }

  private static String text(List<String[]> runs) {
    if (runs.isEmpty()) {
      return "No pipeline has run yet";
    }
    TextTable table = new TextTable(COLUMNS.toArray(String[]::new));
    runs.forEach(table::row);
    return table.toString();
  }

  private static ArrayNode json(List<String[]> runs) {
    ArrayNode array = Output.JSON.createArrayNode();
    for (String[] run : runs) {
      ObjectNode node = array.addObject();
      for (int i = 0; i < COLUMNS.size(); i++) {
        node.put(COLUMNS.get(i), run[i]);
      }
      node.put("run_id", run[COLUMNS.size()]);
    }
    return array;
  }
}
