package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rejects whose personal values are protected are replayed with what is in place of these. */
class ReplayProtectedTest {

  private static final Map<String, String> COLUMNS =
      Map.of(
          "id", "type: int",
          "mail", "type: string, required: true, matches: '.+@.+', pii: hash",
          "phone", "type: string, from: Phone No., pii: mask, default: none",
          "born", "type: date, required: true, pii: drop",
          "login", "type: string, expr: 'mail'",
          "amount", "type: int, required: true");

  private static final String ROWS = "select id, mail, phone, login, amount from raw.t";

  private static final String REJECTS =
      "select get_json_object(record, '$.id'), to_json(reasons), record, file, line from raw.t__rejects";

  @TempDir Path root;
  private TestProject project;

  @BeforeEach
  void load() {
    project = new TestProject(root, "");
    key("a key that nobody guesses");
    project.file(
        "p/in.csv",
        """
        id,mail,Phone No.,born,amount,more
        1,ann@x.org,0170,1990-01-05,2500000000,kanari
        2,bob@x.org,NA,1990-01-06,3500000000,kanari
        3,no mail,0172,1990-01-07,4500000000,kanari
        4,cid@x.org,0173,NA,5500000000,kanari
        5,NA,0174,1990-01-08,6500000000,kanari
        6,dan@x.org,0175,1990-01-09,many,kanari
        7,eve@x.org,0176,1990-01-10,7,kanari
        """);
    table(Map.of());
    assertThat(run().get("outcome").asText()).isEqualTo("published");
  }

  @AfterEach
  void close() {
    project.close();
  }

  private void key(String key) {
    String settings =
        """
        lake: { uri: "%s", warehouse: "%s" }
        pii: { key: "${file:%s}" }
        """;
    project.file("key", key);
    project.file(
        "afp.yaml",
        settings.formatted(
            project.lake().account().uri(),
            project.lake().warehouse().toUri(),
            root.resolve("key")));
  }

  private void table(Map<String, String> others) {
    StringBuilder columns = new StringBuilder();
    for (String name : List.of("id", "mail", "phone", "born", "login", "amount", "more")) {
      String column = others.getOrDefault(name, COLUMNS.get(name));
      boolean isDeclared = column != null && !column.isEmpty();
      columns.append(isDeclared ? "  %s: { %s }\n".formatted(name, column) : "");
    }
    project.table(
        "raw.t",
        """
        from: { files: in.csv, format: csv, null_values: [NA] }
        columns:
        %srejects: { at_most: 100%% }
        """
            .formatted(columns));
  }

  private JsonNode run(String... more) {
    return project.run(List.of(Phase.INGEST, Phase.QUALITY), more);
  }

  private JsonNode replay() {
    return run("--replay", "raw.t");
  }

  @Test
  void whatFitsNowIsWrittenAsALoadOfTheFileWouldWriteIt() {
    table(Map.of("amount", "type: long, required: true"));
    JsonNode check =
        project.upkeep(
            "rejects-check", "--pipeline", root.resolve("p").toString(), "--table", "raw.t");
    assertThat(check.at("/data/fits").asInt()).as(check.toString()).isEqualTo(2);
    JsonNode report = replay();
    List<String> rows = project.lake(ROWS);
    List<String> rejects = project.lake(REJECTS);

    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    assertThat(TestProject.problems(report))
        .isEqualTo(TestProject.problems(check))
        .singleElement()
        .asString()
        .startsWith("AFP-ING-020 2 rejects of raw.t can't be judged again");
    assertThat(rejects).hasSize(4).noneMatch(row -> row.contains("kanari"));
    project.ledger("delete from afp.done returning unit");
    assertThat(run().get("outcome").asText()).isEqualTo("published");
    assertThat(project.lake(ROWS)).as("1, 2 and 7").hasSize(3).isEqualTo(rows);
    assertThat(project.lake(REJECTS))
        .as("all but those that could not be judged, the record and its reasons")
        .filteredOn(row -> row.matches("[56] .*"))
        .hasSize(2)
        .isSubsetOf(rejects);
  }

  @Test
  void aValueThatIsMissingMayBeMissingNow() {
    table(
        Map.of(
            "mail", "type: string, matches: '.+@.+', pii: hash",
            "amount", "type: long, required: true"));
    assertThat(replay().get("outcome").asText()).isEqualTo("published");
    assertThat(project.lake(ROWS)).hasSize(4).anyMatch(row -> row.startsWith("5 null ******"));
  }

  @Test
  void whereRulesOrFieldsOrTheKeyAreOthersNoneIsJudged() {
    String amount = "type: long, required: true";
    table(Map.of("amount", amount, "mail", "type: string, matches: '.+@x.org', pii: hash"));
    noneIsJudged();
    table(Map.of("amount", amount, "mail", "type: string, required: true"));
    noneIsJudged();
    table(Map.of("amount", amount));
    key("another key that nobody guesses");
    noneIsJudged();
    key("a key that nobody guesses");
    table(Map.of("amount", amount, "more", "type: string"));
    noneIsJudged();
  }

  private void noneIsJudged() {
    JsonNode report = replay();
    assertThat(report.get("exit").asInt()).as(report.toString()).isZero();
    assertThat(project.lake("select id from raw.t")).containsExactly("7");
    assertThat(TestProject.problems(report)).anyMatch(p -> p.startsWith("AFP-ING-020 6 rejects"));
  }

  @Test
  void aValueIsHashedOnceAlsoIfItsRowWasRejectedBeforeItsColumnWasPersonal() {
    table(Map.of("mail", "type: string", "phone", "type: string, from: Phone No.", "born", ""));
    run();
    assertThat(project.lake(REJECTS)).anyMatch(row -> row.contains("\"mail\":\"ann@x.org\""));
    table(Map.of("amount", "type: long, required: true"));
    assertThat(replay().get("outcome").asText()).isEqualTo("published");
    List<String> rows = project.lake("select mail from raw.t where id < 3");

    assertThat(project.lake(REJECTS)).noneMatch(row -> row.matches(".*([a-z]@|no mail|1990-01).*"));
    project.ledger("delete from afp.done returning unit");
    run();
    assertThat(project.lake("select mail from raw.t where id < 3")).hasSize(2).isEqualTo(rows);
  }
}
