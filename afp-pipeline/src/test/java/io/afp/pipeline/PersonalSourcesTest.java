package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Database.Account;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.ShuffleFiles;
import io.afp.core.testing.Sql;
import io.afp.core.testing.TestPostgres;
import io.afp.core.testing.TestProject;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Personal values of sources of any kind are in nothing that is written: not where a name is
 * expected and a value comes, and not in what parsers and databases say when they fail.
 */
final class PersonalSourcesTest {

  private static final String CANARY = "kanari";
  private static final String BORN = "1931-07-09";
  private static final String KEY = "nobody guesses this key";
  private static final List<Phase> ALL = List.of(Phase.values());

  @TempDir Path root;

  @TempDir Path outside;

  private final Account crm = TestPostgres.empty();
  private TestProject project;
  private Overheard overheard;

  @BeforeEach
  void makeProject() throws IOException {
    project = new TestProject(root, "");
    Files.writeString(outside.resolve("key"), KEY);
    project.file(
        "afp.yaml",
        """
        lake: { uri: "%s", warehouse: "%s" }
        connections: { crm: { uri: "%s" } }
        pii: { key: "${file:%s}" }
        """
            .formatted(
                project.lake().account().uri(),
                project.lake().warehouse().toUri(),
                crm.uri(),
                outside.resolve("key")));
    Sql.execute(
        crm.uri(),
        "CREATE TABLE people (id text, mail text, \"Phone No.\" text, born text, note text)",
        """
        INSERT INTO people VALUES
          ('1', 'kanari1@x.org', 'kanari2', '1931-07-09', 'kanari3'),
          ('x', 'kanari4@x.org', 'kanari5', '1931-07-09', 'kanari6'),
          ('3', 'kanari7', 'kanari8 is too long', 'kanari9', 'kanari0')
        """);
  }

  @AfterEach
  void close() {
    overheard.close();
    project.close();
    TestPostgres.drop(crm);
  }

  private void table(String name, String from, String more) {
    table(name, "int", from, more);
  }

  private void table(String name, String id, String from, String more) {
    project.table(
        name,
        """
        from: { %s }
        columns:
          id:    { type: %s }
          mail:  { type: string, matches: ".+@.+", pii: hash }
          phone: { type: string, pii: mask, length: [1, 12], from: Phone No. }
          born:  { type: date, pii: drop }
        rejects: { at_most: 90%% }
        %s
        """
            .formatted(from, id, more));
  }

  /** No word of Spark or AFP before this is heard: a query that makes a file has its values. */
  private void listen() throws IOException {
    overheard = Overheard.start(outside.resolve("events"));
  }

  @Test
  void ofFilesAndDatabasesAreInNothingThatRunsWrite() throws IOException {
    String more = "drift: { missing_columns: discard }";
    table("raw.json", "files: data/a.json, format: json", more);
    table("raw.jsonl", "files: data/a.jsonl, format: jsonl", more);
    table("raw.parquet", "files: data/a.parquet/*.parquet, format: parquet", more);
    table("raw.bare", "files: data/bare.csv, format: csv", more);
    table("raw.bare_spark", "files: data/bare.csv, format: csv, reader: spark", more);
    table("raw.db", "jdbc: { connection: crm, table: people }", more);
    String good =
        """
        {"id": 1, "mail": "kanari1@x.org", "PHONE NO.": "kanari2", "born": "1931-07-09", "kanari3": "kanari4"}
        """;
    String bad =
        """
        {"id": "x", "mail": "kanari5@x.org", "PHONE NO.": "kanari6", "born": "1931-07-09", "kanari7": {"kanari8": 1}}
        """;
    String twice =
        """
        {"id": 3, "mail": "kanari9@x.org", "mail": "kanari10@x.org", "kanari11": 1, "kanari11": 2}
        """;
    String large = good.replace("\"id\": 1", "\"id\": 3000000000");
    project.file(
        "p/data/a.json", "[%s, %s, %s, %s, \"kanari12\"]".formatted(good, bad, twice, large));
    project.file("p/data/a.jsonl", good + bad + twice + "kanari13 {\"mail\": kanari14\n");
    project.file(
        "p/data/bare.csv",
        "1,kanari15,kanari16@x.org,Kanari17,1931-07-09\n2,kanari18,kanari19@x.org,x,1931-07-09\n");
    parquet();
    listen();

    JsonNode report = project.run(ALL);
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    assertThat(TestProject.problems(report))
        .anyMatch(p -> p.contains("raw.bare") && p.contains("lacks column mail"));
    project.file("p/data/bare.csv", "7,kanari20,kanari21@x.org\n");
    JsonNode changed = project.run(ALL);
    assertThat(TestProject.problems(changed))
        .anyMatch(p -> p.startsWith("AFP-ING-005 The source of raw.bare has changed"));
    table("raw.json", "long", "files: data/a.json, format: json", more);
    JsonNode replay = project.run(ALL, "--replay", "raw.json");
    assertThat(replay.get("outcome").asText()).as(replay.toString()).isEqualTo("published");
    assertThat(project.lake("select count(distinct mail), count(*) from raw.json"))
        .as("the hash that was in the record")
        .containsExactly("1 2");
    JsonNode explained =
        project.upkeep(
            "rejects-explain",
            "--pipeline",
            root.resolve("p").toString(),
            "--table",
            "raw.json",
            "--limit",
            "9");
    JsonNode plan = project.planReport();

    assertThat(List.of(report, changed, replay, explained, plan).toString())
        .contains("not a long")
        .doesNotContain(CANARY, BORN, KEY);
    assertThat(project.lake("select id, phone from raw.jsonl")).containsExactly("1 ******");
    assertThat(project.lake("select id, phone from raw.parquet")).containsExactly("1 ******");
    assertThat(project.lake("select id, phone from raw.db")).containsExactly("1 ******");
    assertThat(project.lake("select file from raw.jsonl__rejects")).hasSize(3);
    nothingIsWritten();
    for (String table : List.of("json", "jsonl", "parquet", "db")) {
      assertThat(project.lake("select to_json(struct(*)) from raw." + table).toString())
          .doesNotContain(CANARY, BORN);
      assertThat(project.lake("select to_json(struct(*)) from raw.%s__rejects".formatted(table)))
          .isNotEmpty()
          .noneMatch(row -> row.contains(CANARY) || row.contains(BORN));
    }
  }

  @Test
  void areInNoWordOfARunThatFails() throws IOException {
    table("raw.twice", "files: data/twice.csv, format: csv", "");
    table("raw.frozen", "files: data/bare.csv, format: csv", "drift: freeze");
    table("raw.wide", "files: data/wide.csv, format: csv, reader: spark", "");
    table(
        "raw.early",
        "files: data/bare.csv, format: csv, reader: spark",
        "drift: { missing_columns: discard, new_columns: freeze }");
    table("raw.broken", "files: data/broken.json, format: json", "");
    table(
        "raw.db",
        "jdbc: { connection: crm, query: 'SELECT id, (mail::int)::text AS mail, \"Phone No.\","
            + " born FROM people' }",
        "");
    table(
        "raw.raised",
        "jdbc: { connection: crm, query: 'SELECT id, mail, \"Phone No.\", (born::date)::text AS"
            + " born FROM people' }",
        "");
    project.file("p/data/twice.csv", "kanari1@x.org,kanari2,1931-07-09,kanari2\n");
    project.file("p/data/bare.csv", "1,kanari3@x.org,kanari4,1931-07-09\n");
    project.file(
        "p/data/wide.csv",
        "id,mail,phone no.,born\n1,kanari5@x.org,kanari6,1931-07-09%s\n"
            .formatted(",".repeat(45_000)));
    project.file("p/data/broken.json", "[{\"id\": 1, \"mail\": \"kanari7@x.org\"} kanari8]");
    listen();

    for (String table : List.of("twice", "frozen", "early", "wide", "broken", "db", "raised")) {
      JsonNode report = project.run(ALL, "--select", "raw." + table);
      assertThat(report.get("exit").asInt()).as(report.toString()).isEqualTo(65);
      assertThat(report.toString()).as(table).doesNotContain(CANARY, BORN, KEY);
      assertThat(TestProject.problems(report)).as(table).anyMatch(p -> p.contains(said(table)));
    }
    nothingIsWritten();
  }

  @Test
  void areInNoFileOfAShuffleByTheKey() throws Exception {
    String more = "key: [mail]\nduplicates: reject";
    table("raw.json", "files: data/a.json, format: json", more);
    table("raw.jsonl", "files: data/a.jsonl, format: jsonl", more);
    table("raw.parquet", "files: data/a.parquet/*.parquet, format: parquet", more);
    table("raw.csv", "files: data/a.csv, format: csv", more);
    table("raw.csv_spark", "files: data/b.csv, format: csv, reader: spark", more);
    table("raw.db", "jdbc: { connection: crm, table: people }", more);
    String good =
        """
        {"id": 1, "mail": "kanari1@x.org", "Phone No.": "kanari2", "born": "1931-07-09", "more": "kanari3"}
        """;
    String bad =
        """
        {"id": "x", "mail": "kanari4@x.org", "Phone No.": "kanari5", "born": "1931-07-09", "more": "kanari6"}
        """;
    String csv =
        """
        id,mail,Phone No.,born,more
        1,kanari1@x.org,kanari2,1931-07-09,kanari3
        1,kanari1@x.org,kanari4,1931-07-09,kanari5
        x,kanari6@x.org,kanari7,1931-07-09,kanari8
        4,kanari9,kanari10 is too long,kanari11,kanari12
        5,kanari13
        """;
    project.file("p/data/a.json", "[%s,%s,%s]".formatted(good, good, bad));
    project.file("p/data/a.jsonl", good + good + bad + "kanari7 {\n");
    project.file("p/data/a.csv", csv);
    project.file("p/data/b.csv", csv);
    parquet();
    Sql.execute(
        crm.uri(),
        "INSERT INTO people VALUES ('4', 'kanari1@x.org', 'kanari2', '1931-07-09', 'kanari3')");
    listen();

    try (ShuffleFiles shuffles = ShuffleFiles.watch()) {
      JsonNode report = project.run(ALL);
      assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
      assertThat(shuffles.text())
          .as("rows and rejects of each source were there")
          .contains("a.json", "a.jsonl", "a.csv", "b.csv", ".parquet", "people", "\"id\":\"x\"")
          .doesNotContain(CANARY, BORN, KEY);
    }
    for (String table : List.of("json", "jsonl", "csv", "csv_spark", "db")) {
      assertThat(project.lake("select count(*) from raw." + table)).as(table).containsExactly("1");
      assertThat(project.lake("select reasons[0].reason from raw.%s__rejects".formatted(table)))
          .as(table)
          .contains("duplicate", "type");
    }
    nothingIsWritten();
  }

  private static String said(String table) {
    return switch (table) {
      case "twice" -> "its header names a column twice: fields 2 and 4";
      case "frozen", "early" -> "column _c3 of the source is not declared";
      case "wide" -> "a record has more than 20,480 fields";
      case "broken" -> "line 1, column";
      default -> "its words may quote personal values and are not shown (sqlstate=22";
    };
  }

  private void nothingIsWritten() throws IOException {
    assertThat(String.join("\n", AllWritten.rows(project.lake().account())))
        .contains("raw")
        .doesNotContain(CANARY, BORN, KEY);
    overheard.close();
    assertThat(overheard.text()).contains("raw.").doesNotContain(CANARY, BORN, KEY);
    for (Path folder : List.of(root, project.lake().warehouse())) {
      assertThat(AllWritten.files(folder, root.resolve("p/data")))
          .noneMatch(file -> file.contains(CANARY) || file.contains(KEY));
    }
  }

  private void parquet() {
    TestSpark.session()
        .sql(
            """
            SELECT * FROM VALUES ('1', 'kanari1@x.org', 'kanari2', '1931-07-09', 'kanari3'),
              ('x', 'kanari4@x.org', 'kanari5', '1931-07-09', 'kanari6') AS t (id, mail, `Phone No.`, born, note)
            """)
        .coalesce(1)
        .write()
        .parquet(root.resolve("p/data/a.parquet").toString());
  }
}
