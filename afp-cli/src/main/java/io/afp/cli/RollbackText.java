package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a rollback did, or would do, as a person reads it. */
final class RollbackText {

  private final JsonNode data;
  private final boolean changes;
  private final String served;
  private final String notServed;

  private RollbackText(JsonNode data) {
    this.data = data;
    this.changes = !data.path("tables").isEmpty();
    this.served = names(data.path("served"));
    this.notServed = names(data.path("not_served"));
  }

  static String of(JsonNode data) {
    RollbackText text = new RollbackText(data);
    if (!text.changes && text.served.isEmpty() && text.notServed.isEmpty()) {
      return "Nothing to do: all tables are as release %d left them".formatted(text.to());
    }
    String table = text.changes ? text.table() + "\n\n" : "";
    return table + (data.path("dry_run").asBoolean() ? text.wouldBe() : text.done());
  }

  private long to() {
    return data.path("to").asLong();
  }

  private String table() {
    TextTable table = new TextTable("table", "action", "rows now", "rows then");
    for (JsonNode change : data.path("tables")) {
      table.row(
          change.path("table").asText(),
          change.path("action").asText(),
          rows(change.path("rows_now")),
          rows(change.path("rows_then")));
    }
    return table.fit("table");
  }

  private String wouldBe() {
    return (changes ? "" : same() + "\n")
        + (served.isEmpty() ? "" : "Would be served again: " + served + "\n")
        + "Nothing was changed: this was a dry run";
  }

  private String done() {
    String release = "release %d: the tables of release %d";
    return (changes ? release.formatted(data.path("release").asLong(), to()) : same())
        + (served.isEmpty() ? "" : "; served again: " + served)
        + (notServed.isEmpty() ? "" : "; not served: " + notServed);
  }

  private String same() {
    return "All tables are as release %d left them".formatted(to());
  }

  private static String names(JsonNode array) {
    List<String> names = new ArrayList<>();
    array.forEach(name -> names.add(name.asText()));
    return String.join(", ", names);
  }

  private static String rows(JsonNode count) {
    return count.isMissingNode() || count.asLong() < 0 ? "" : Cell.number(count.asLong());
  }
}
