package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A pipeline of months with one source {@code raw.t}, whose amounts become something else. */
final class ReplayProject implements AutoCloseable {

  private static final String TABLE =
      """
      from: { files: "in/%s.csv", format: csv, null_values: [NA] }
      columns:
        id:     { type: int, required: true }
        day:    { type: date, required: true }
        amount: { type: %s, required: true }
      key: [id]
      write: { %s }
      %s
      rejects: { at_most: 100%% }
      """;

  private static final String REASONS =
      "concat_ws(';', transform(reasons, r -> concat_ws(' ', r.column, r.reason, r.value)))";

  private final TestProject project;
  private final Path root;
  private final boolean inMonths;
  private final String files;
  private final String write;

  private ReplayProject(Path root, boolean inMonths, String files, String write) {
    this.project = new TestProject(root, inMonths ? "interval: { unit: month, zone: UTC }" : "");
    this.root = root;
    this.inMonths = inMonths;
    this.files = files;
    this.write = write;
    amountIs("int");
  }

  static ReplayProject inMonths(Path root, String write) {
    return new ReplayProject(root, true, "${interval:yyyy-MM}", "interval_column: day, " + write);
  }

  static ReplayProject whole(Path root, String write) {
    return new ReplayProject(root, false, "all", write);
  }

  /** All files that come are loaded, each once. */
  static ReplayProject landing(Path root, String write) {
    return new ReplayProject(root, false, "*", write);
  }

  TestProject project() {
    return project;
  }

  /** Declares the type of the amounts. */
  ReplayProject amountIs(String type) {
    String months = write.matches(".*(replace|append).*") && inMonths ? "[month(day)]" : "[]";
    project.table("raw.t", TABLE.formatted(files, type, write, "partition_by: " + months));
    return this;
  }

  /** Declares that larger amounts are kept out. */
  ReplayProject amountIsUpTo(int most) {
    return amountIs("int, checks: [ { between: [0, %d], quarantine: true } ]".formatted(most));
  }

  ReplayProject file(String name, String... lines) {
    project.file("p/in/" + name + ".csv", "id,day,amount\n" + String.join("\n", lines) + "\n");
    return this;
  }

  JsonNode run(String interval, String... more) {
    return job(plus(inMonths ? List.of("--interval", interval) : List.of(), more));
  }

  /** Replays the rejects. */
  JsonNode replay(String... more) {
    return job(plus(List.of("--replay", "raw.t"), more));
  }

  /** Replays the rows that checks kept out. */
  JsonNode replayQuarantine(String... more) {
    return job(plus(List.of("--replay-quarantine", "raw.t"), more));
  }

  /** What a task of upkeep on the pipeline reported. */
  JsonNode upkeep(String task, String... more) {
    List<String> pipeline = List.of("--pipeline", root.resolve("p").toString());
    return project.upkeep(task, plus(pipeline, more).toArray(String[]::new));
  }

  private JsonNode job(List<String> arguments) {
    return project.run(List.of(Phase.INGEST, Phase.QUALITY), arguments.toArray(String[]::new));
  }

  private static List<String> plus(List<String> first, String... more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(more));
    return all;
  }

  static void published(JsonNode report) {
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
  }

  static void nothingToDo(JsonNode report) {
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("nothing_to_do");
  }

  List<String> rows() {
    return project.lake("select id, day, amount from raw.t");
  }

  List<String> rejects() {
    return project.lake("select record, %s from raw.t__rejects".formatted(REASONS));
  }

  /** The records that checks kept out. */
  List<String> quarantine() {
    return project.lake(
        "select concat_ws(' ', r.id, r.day, r.amount) from"
            + " (select from_json(record, 'id int, day date, amount long') r from raw.t__quarantine)");
  }

  @Override
  public void close() {
    project.close();
  }
}
