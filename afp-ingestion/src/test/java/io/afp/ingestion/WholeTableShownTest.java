package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of a whole table without reading it is what a scan of it finds. */
@Tag("long")
class WholeTableShownTest {

  private static final String TABLE =
      """
      from: { files: "in/${interval:yyyy-MM}.csv", format: csv }
      columns:
        id:  { type: int, checks: [ { between: [1, 9], severity: warn }, { max: [null, 99] }, { mean: [0, 99] } ] }
        day: { type: date, required: true }
        k:
          type: string
          checks:
            - { most_common: { share: [1%, 100%] } }
            - { distinct: [1, 99] }
            - { total_variation: { at_most: 60% }, name: like_before, severity: warn }
      checks:
        - { key: [id, day], severity: warn }
        - { rows: { min: 1 } }
      partition_by: [month(day)]
      write: { mode: replace, interval_column: day }
      """;

  private static final String SCAN =
      """
      select concat_ws(' ', count(*), count_if(id between 1 and 9), count(id), max(id), mean(id), count(distinct k),
        (select max(n) / sum(n) from (select count(*) n from raw.t where k is not null group by k))) from raw.t
      """;

  @TempDir private Path root;
  private TestProject project;

  @Test
  void afterMonthsWereReplacedAndAdded() {
    try (TestProject opened = new TestProject(root, "interval: { unit: month, zone: UTC }")) {
      project = opened;
      project.table("raw.t", TABLE);
      file("2024-01", "1,2024-01-01,a", "20,2024-01-02,b", ",2024-01-03,a");
      file("2024-02", "3,2024-02-01,c", "4,2024-02-02,c", "5,2024-02-03,c");
      run("2024-01..2024-02");
      List<String> before = shown();
      assertThat(before).isEqualTo(project.lake(SCAN));
      long snapshot = show().get("snapshot").asLong();

      file("2024-02", "3,2024-02-01,a", "7,2024-02-09,");
      file("2024-03", "98,2024-03-01,d");
      run("2024-02");
      run("2024-03");
      assertThat(shown()).isEqualTo(project.lake(SCAN)).isNotEqualTo(before);
      assertThat(shown("--as-of", "" + snapshot)).as("as of the snapshot").isEqualTo(before);
      assertThat(shown("--as-of", "1")).as("as of the release").isEqualTo(before);
      assertThat(check(show(), "raw.t.key").get("unknown").asText())
          .isEqualTo("it leaves no state, because it is answered by a shuffle");

      project.table("raw.t", TABLE.replace("[1, 9]", "[1, 8]"));
      assertThat(check(show(), "raw.t.id.between").get("unknown").asText())
          .startsWith("it was not measured, or asked for something else");
      assertThat(project.upkeep("quality-show", arguments("--as-of", "99")).toString())
          .contains("there is none with this number");
      comparedWithBefore();
    }
  }

  /** The month that is written is not among what it is compared with. */
  private void comparedWithBefore() {
    assertThat(
            project.ledger(
                "select status || ' ' || message from afp.check_result c join afp.attempt a on (a.run_id, a.number) = (c.run_id, c.attempt)"
                    + " where check_name = 'like_before' order by a.started_at"))
        .containsExactly(
            "learning how the values were distributed in the table before is not known",
            "passed the total variation distance is 33.3334 % of 1 row from 3 rows before, allowed is 60 %",
            "warned the total variation distance is 100 % of 1 row from 4 rows before, allowed is 60 %");
  }

  private void file(String month, String... lines) {
    project.file("p/in/" + month + ".csv", "id,day,k\n" + String.join("\n", lines) + "\n");
  }

  private void run(String interval) {
    JsonNode report = project.run(List.of(Phase.INGEST, Phase.QUALITY), "--interval", interval);
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
  }

  private String[] arguments(String... more) {
    List<String> all =
        new ArrayList<>(List.of("--pipeline", root.resolve("p").toString(), "--table", "raw.t"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private JsonNode show(String... more) {
    JsonNode report = project.upkeep("quality-show", arguments(more));
    assertThat(report.get("data")).as(report.toString()).isNotNull();
    return report.get("data");
  }

  private static JsonNode check(JsonNode data, String name) {
    for (JsonNode check : data.get("checks")) {
      if (check.get("check").asText().equals(name)) {
        return check;
      }
    }
    throw new AssertionError(name + " is not in " + data);
  }

  /** In the order of the query. */
  private List<String> shown(String... more) {
    JsonNode data = show(more);
    JsonNode between = check(data, "raw.t.id.between");
    return List.of(
        String.join(
            " ",
            check(data, "raw.t.rows").get("value").asText(),
            between.get("obey").asText(),
            between.get("judged").asText(),
            check(data, "raw.t.id.max").get("value").asText(),
            "" + check(data, "raw.t.id.mean").get("value").asDouble(),
            check(data, "raw.t.k.distinct").get("value").asText(),
            "" + check(data, "raw.t.k.most_common").get("value").asDouble()));
  }
}
