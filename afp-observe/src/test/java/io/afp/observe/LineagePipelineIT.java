package io.afp.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of real runs, by the file transport, held against the published schema. */
@Tag("integration")
final class LineagePipelineIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Phase> ALL = List.of(Phase.values());

  @TempDir private Path root;
  private Parcels parcels;
  private TestProject project;

  @BeforeEach
  void makeAProject() throws IOException {
    parcels = new Parcels(root);
    project = parcels.project();
    parcels.observe("openlineage: \"file:events.ndjson\", openlineage_namespace: tests");
  }

  @AfterEach
  void dropTheLake() {
    parcels.close();
  }

  private List<JsonNode> events() throws IOException {
    try (Stream<String> lines = Files.lines(root.resolve("events.ndjson"))) {
      return lines.map(LineagePipelineIT::read).toList();
    }
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  private List<String> told() throws IOException {
    return events().stream()
        .map(e -> e.get("eventType").asText() + " " + e.at("/job/name").asText())
        .toList();
  }

  private JsonNode event(String told) throws IOException {
    return events().get(told().lastIndexOf(told));
  }

  @Test
  void aRunTellsWhatItReadWroteAndJudged() throws IOException {
    JsonNode report = project.run(ALL, "--interval", "2024-01");

    assertThat(report.get("outcome").asText()).as(report.toPrettyString()).isEqualTo("published");
    assertThat(told())
        .containsExactly(
            "START p",
            "START p.raw.parcels",
            "COMPLETE p.raw.parcels",
            "START p.mart.days",
            "COMPLETE p.mart.days",
            "START p.raw.parcels.quality",
            "COMPLETE p.raw.parcels.quality",
            "START p.mart.days.quality",
            "COMPLETE p.mart.days.quality",
            "START p.mart.days.serve",
            "COMPLETE p.mart.days.serve",
            "COMPLETE p");
    assertThat(events()).allSatisfy(e -> assertThat(LineageSpec.complaints(e)).isEmpty());
    assertThat(events().stream().flatMap(LineageSpec::facets)).hasSizeGreaterThan(50);
    hasTheRun(report.get("run_id").asText());
    hasTheSource();
    hasTheModel();
    hasTheChecks();
    hasTheServedTable();
    assertThat(Files.readString(root.resolve("events.ndjson"))).doesNotContain("Ann", "Ben", "Cid");
  }

  private void hasTheRun(String id) throws IOException {
    JsonNode end = event("COMPLETE p");
    assertThat(end.at("/run/runId").asText()).isEqualTo(id);
    assertThat(end.at("/run/facets/nominalTime/nominalStartTime").asText())
        .startsWith("2024-01-01T00:00");
    assertThat(end.at("/run/facets/tags/tags").toString()).contains("\"release\",\"value\":\"1\"");
    assertThat(end.at("/job/facets/ownership/owners/0/name").asText()).isEqualTo("team-parcels");
    assertThat(events())
        .filteredOn(e -> !e.at("/job/name").asText().equals("p"))
        .allSatisfy(e -> assertThat(e.at("/run/facets/parent/run/runId").asText()).isEqualTo(id));
  }

  private void hasTheSource() throws IOException {
    JsonNode step = event("COMPLETE p.raw.parcels");
    JsonNode source = step.at("/inputs/0");
    assertThat(source.get("namespace").asText()).isEqualTo("file");
    assertThat(source.get("name").asText()).isEqualTo(root.resolve("p/data").toString());
    assertThat(source.at("/inputFacets/inputStatistics/fileCount").asInt()).isEqualTo(1);
    JsonNode table = output(step, "raw.parcels");
    assertThat(table.at("/outputFacets/outputStatistics/rowCount").asInt()).isEqualTo(2);
    assertThat(table.at("/outputFacets/outputStatistics/size").asLong()).isPositive();
    assertThat(table.at("/outputFacets/outputStatistics/fileCount").asInt()).isEqualTo(1);
    assertThat(table.at("/facets/schema/fields").findValuesAsText("name"))
        .containsExactly("id", "sent", "weight", "receiver", "street", "heavy");
    JsonNode columns = table.at("/facets/columnLineage/fields");
    assertThat(columns.at("/weight/inputFields/0/field").asText()).isEqualTo("kg");
    assertThat(columns.has("heavy")).as("made by an expression").isFalse();
    assertThat(columns.has("phone")).as("never written").isFalse();
    String masking = "/inputFields/0/transformations/0/masking";
    assertThat(columns.at("/street" + masking).asBoolean()).isTrue();
    assertThat(columns.at("/receiver" + masking).asBoolean()).isFalse();
    assertThat(step.at("/run/facets/tags/tags").toString())
        .contains("\"rows_rejected\",\"value\":\"1\"");
  }

  private void hasTheModel() throws IOException {
    JsonNode step = event("COMPLETE p.mart.days");
    JsonNode source = output(event("COMPLETE p.raw.parcels"), "raw.parcels");
    assertThat(step.at("/inputs/0/name")).isEqualTo(source.get("name"));
    assertThat(step.at("/job/facets/sql/query").asText()).startsWith("select sent, sum(weight)");
    JsonNode columns = output(step, "mart.days").at("/facets/columnLineage/fields");
    assertThat(columns.at("/sent/inputFields/0/name")).isEqualTo(source.get("name"));
    assertThat(columns.at("/sent/inputFields/0/transformations/0/subtype").asText())
        .isEqualTo("IDENTITY");
    assertThat(columns.at("/kg/inputFields/0/field").asText()).isEqualTo("weight");
    assertThat(output(step, "mart.days").at("/facets/version/datasetVersion").asText())
        .matches("\\d+");
  }

  private void hasTheChecks() throws IOException {
    JsonNode judged = event("COMPLETE p.mart.days.quality").at("/inputs/0/inputFacets");
    JsonNode metrics = judged.get("dataQualityMetrics");
    assertThat(metrics.get("rowCount").asInt()).isEqualTo(1);
    assertThat(metrics.at("/columnMetrics/sent/nullCount").asInt()).isZero();
    assertThat(metrics.at("/columnMetrics/kg/sum").asDouble()).isEqualTo(3.75);
    assertThat(metrics.at("/columnMetrics/kg/max").asDouble()).isEqualTo(3.75);
    assertThat(judged.at("/dataQualityAssertions/assertions").findValuesAsText("name"))
        .contains("mart.days.key", "mart.days.sent.required", "mart.days.kg.sum");
  }

  private void hasTheServedTable() throws IOException {
    JsonNode served = event("COMPLETE p.mart.days.serve").at("/outputs/0");
    assertThat(served.get("namespace").asText()).startsWith("postgres://");
    assertThat(served.get("name").asText()).endsWith(".shown.days");
    assertThat(served.at("/facets/columnLineage/fields/kg/inputFields/0/field").asText())
        .isEqualTo("kg");
  }

  private static JsonNode output(JsonNode step, String table) {
    for (JsonNode output : step.get("outputs")) {
      if (output.at("/facets/symlinks/identifiers/0/name").asText().equals(table)) {
        return output;
      }
    }
    throw new AssertionError("no output " + table + " in " + step.toPrettyString());
  }

  @Test
  void aGateThatFailsIsToldWithoutAValueAndAKilledDriverByTheNextRun() throws IOException {
    parcels.file("2024-01", "1,2024-01-03,999.50,Ann\n");

    project.run(ALL, "--interval", "2024-01");

    JsonNode failed = event("FAIL p");
    assertThat(failed.at("/run/facets/errorMessage/message").asText())
        .startsWith("AFP-QUA-001 A check failed; `afp runs show ");
    JsonNode verdicts =
        event("COMPLETE p.mart.days.quality")
            .at("/inputs/0/inputFacets/dataQualityAssertions/assertions");
    assertThat(verdicts)
        .anySatisfy(
            verdict -> {
              assertThat(verdict.get("name").asText()).isEqualTo("mart.days.kg.max");
              assertThat(verdict.get("success").asBoolean()).isFalse();
            });

    asIfKilledWhileFilling("days");
    parcels.file("2024-02", "2,2024-02-03,1.50,Ben\n");
    Files.delete(root.resolve("events.ndjson"));
    project.run(ALL, "--interval", "2024-02");

    assertThat(told()).startsWith("START p", "ABORT p.mart.days", "ABORT p", "START p.raw.parcels");
    assertThat(told()).endsWith("COMPLETE p");
    assertThat(events()).allSatisfy(e -> assertThat(LineageSpec.complaints(e)).isEmpty());
    assertThat(event("ABORT p").at("/run/runId")).isEqualTo(failed.at("/run/runId"));
  }

  /** What a driver leaves in the ledger that could do nothing at its end. */
  private void asIfKilledWhileFilling(String table) {
    project
        .lake()
        .database()
        .useTransaction(
            handle -> {
              handle.execute("UPDATE afp.run SET state = 'running', error_code = NULL");
              handle.execute("UPDATE afp.attempt SET ended_at = NULL");
              handle.execute(
                  "UPDATE afp.step SET state = 'running' WHERE phase = 'transform' AND table_name = ?",
                  table);
            });
  }

  @Test
  void aBackEndThatIsNotThereLeavesTheRunAlone() throws IOException {
    parcels.observe("openlineage: \"http://127.0.0.1:1\"");

    JsonNode report = project.run(ALL, "--interval", "2024-01");

    assertThat(report.get("outcome").asText()).isEqualTo("published");
    assertThat(project.lake("select sent, kg from mart.days")).containsExactly("2024-01-03 3.75");
  }

  @Test
  void aRunOfSeveralDriversEndsOnceAndOneThatIsTriedAgainGoesOn() throws IOException {
    String[] keyed = {"--interval", "2024-01", "--run-key", "k1"};
    parcels.file("2024-01", "1,2024-01-03,999.50,Ann\n");
    project.run(List.of(Phase.INGEST, Phase.TRANSFORM), keyed);
    project.run(List.of(Phase.QUALITY), keyed);
    assertThat(ofTheRun()).containsExactly("START p", "RUNNING p", "FAIL p");

    Files.delete(root.resolve("events.ndjson"));
    parcels.file("2024-01", "1,2024-01-03,1.50,Ann\n");
    project.run(List.of(Phase.INGEST, Phase.TRANSFORM), keyed);
    project.run(List.of(Phase.QUALITY), keyed);
    project.run(List.of(Phase.SERVE), keyed);

    assertThat(ofTheRun()).containsExactly("RUNNING p", "RUNNING p", "RUNNING p", "COMPLETE p");
    assertThat(told()).endsWith("COMPLETE p.mart.days.serve", "COMPLETE p");
  }

  private List<String> ofTheRun() throws IOException {
    return told().stream().filter(text -> text.endsWith(" p")).toList();
  }
}
