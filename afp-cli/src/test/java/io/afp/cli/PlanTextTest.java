package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** What a driver planned or has done, as a person reads it. */
class PlanTextTest {

  private static ObjectNode json(String text) throws JsonProcessingException {
    return (ObjectNode) Output.JSON.readTree(text.replace('\'', '"'));
  }

  private static ObjectNode step() throws JsonProcessingException {
    return json(
        """
        {'table': 'core.orders', 'phase': 'transform', 'mode': 'replace', 'files': 0,
         'reads': [{'table': 'raw.orders', 'pipeline': 'shop'}, {'table': 'src.rates', 'pipeline': null}],
         'ranges': [{'interval': '2013-01..2013-03', 'units': 3, 'state': 'missing', 'reason': null},
                    {'interval': '2013-07', 'units': 1, 'state': 'stale', 'reason': 'data/2013-07.csv.gz changed'}]}
        """);
  }

  private static ObjectNode plan(ObjectNode step) {
    ObjectNode plan = Output.JSON.createObjectNode();
    plan.putArray("steps").add(step);
    plan.putArray("done").add("raw.customers");
    return plan;
  }

  @Test
  void neighboursAreOneRangeAndEachReadTableHasItsPipeline() throws JsonProcessingException {
    assertThat(PlanText.of(plan(step())).lines())
        .containsExactly(
            "core.orders: transform, replace, reads raw.orders (shop), src.rates (no pipeline)",
            "  2013-01..2013-03 missing; 2013-07 stale: data/2013-07.csv.gz changed",
            "",
            "Up to date: raw.customers");
  }

  @Test
  void aTableWithoutIntervalsHasAStateAndNoTime() throws JsonProcessingException {
    ObjectNode step = step().put("files", 1);
    step.putArray("reads");
    step.putArray("ranges")
        .add(
            json(
                "{'interval': 'all', 'units': 1, 'state': 'stale', 'reason': 'the definition changed'}"));
    step.putArray("columns").add(json("{'name': 'id', 'type': 'INT'}"));
    assertThat(PlanText.of(plan(step)).lines().limit(3))
        .containsExactly(
            "core.orders: transform, replace, 1 file",
            "  stale: the definition changed",
            "    id                       INT");
  }

  @Test
  void whatChangedInTheColumnsOfASourceIsSaidAndWhyTheRunWillStop() throws JsonProcessingException {
    ObjectNode step = step();
    ArrayNode changes = step.putArray("source_columns");
    for (int i = 1; i <= 12; i++) {
      changes.add(
          json(
              "{'unit': '2013-07', 'kind': 'new', 'column': 'c%1$d', 'policy': 'evolve', 'change': 'column c%1$d is new'}"
                  .formatted(i)));
    }
    step.putArray("stopped_by").add("Cannot load table core.orders: id is missing");
    assertThat(PlanText.of(plan(step)).lines().skip(2).limit(12))
        .startsWith("  source 2013-07: column c1 is new (evolve)")
        .endsWith(
            "  source: 2 changes more",
            "  the run will stop: Cannot load table core.orders: id is missing");
    changes.removeAll();
    changes.add(json("{'unit': 'all', 'column': null, 'policy': null, 'change': 'a is gone'}"));
    step.put("files_looked_at", 50);
    assertThat(PlanText.of(plan(step)).lines())
        .contains("  source: a is gone", "  source: 50 files were looked at");
  }

  @Test
  void manyRangesAreFoldedAndCut() throws JsonProcessingException {
    ObjectNode step = step();
    ArrayNode ranges = step.putArray("ranges");
    for (int day = 11; day <= 30; day++) {
      ranges.add(
          json(
              "{'interval': '2013-07-%1$d', 'units': 1, 'state': 'stale', 'reason': 'data/2013-07-%1$d.csv changed'}"
                  .formatted(day)));
    }
    assertThat(PlanText.of(plan(step)).lines())
        .allMatch(line -> line.length() <= Output.WIDTH)
        .anyMatch(line -> line.endsWith("and 10 more"));
  }

  @Test
  void whatATableIsMadeOfAndWhyItChangesIsFolded() throws JsonProcessingException {
    ObjectNode step = step();
    ArrayNode reads = step.putArray("reads");
    for (int i = 0; i < 20; i++) {
      reads.add(json("{'table': 'raw.orders', 'pipeline': 'shop'}"));
    }
    step.putArray("changes").add("a change with many words ".repeat(10).strip());

    assertThat(PlanText.of(plan(step)).lines())
        .allMatch(line -> line.length() <= Output.WIDTH)
        .filteredOn(line -> line.startsWith("    "))
        .hasSizeGreaterThan(4);
  }

  @Test
  void aDryRunSaysWhatAndInHowManyRuns() throws JsonProcessingException {
    ObjectNode data = plan(step());
    data.put("outcome", "planned").put("time_left", "about 40 s left, by earlier runs");
    data.putArray("chunks")
        .add(json("{'interval': '2013-01..2013-03', 'units': 3, 'state': 'left'}"))
        .add(json("{'interval': '2013-07', 'units': 1, 'state': 'left'}"));
    assertThat(BackfillText.of(data).lines().map(String::strip))
        .contains(
            "2013-01..2013-03 missing; 2013-07 stale: data/2013-07.csv.gz changed",
            "1  2013-01..2013-03      3  left",
            "2  2013-07               1  left",
            "About 40 s left, by earlier runs",
            "Nothing was changed: this was a dry run");
  }

  @Test
  void aBackfillThatStoppedSaysWhatIsDoneAndWhatIsLeft() throws JsonProcessingException {
    ObjectNode data = plan(step());
    data.put("outcome", "failed").put("time_left", "about 5 min left");
    data.putArray("chunks")
        .add(
            json(
                "{'interval': '2013-01..2013-03', 'units': 3, 'state': 'published', 'run_id': '12345678-aaaa', 'release': 4, 'seconds': 8.5}"))
        .add(
            json(
                "{'interval': '2013-07', 'units': 1, 'state': 'failed', 'run_id': '87654321-aaaa'}"))
        .add(json("{'interval': '2013-09', 'units': 1, 'state': 'left'}"));
    assertThat(BackfillText.of(data).lines().map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly(
            "chunk interval units state run release seconds",
            "1 2013-01..2013-03 3 published 12345678 4 8.5",
            "2 2013-07 1 failed 87654321",
            "3 2013-09 1 left",
            "",
            "1 of 3 chunks are done; the same command again goes on with the others, about 5 min left");
  }

  @Test
  void aBackfillThatFoundNothingToDoSaysSo() throws JsonProcessingException {
    ObjectNode data = json("{'outcome': 'nothing_to_do', 'interval': '2013', 'chunks': []}");
    assertThat(BackfillText.of(data)).isEqualTo("Nothing to do in 2013: everything is up to date");
    assertThat(BackfillText.of(json("{'outcome': 'failed'}"))).isEmpty();
  }
}
