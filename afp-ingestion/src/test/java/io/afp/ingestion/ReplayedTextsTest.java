package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import io.afp.core.testing.TestSpark;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that was stored is read again as it stood in the file. */
class ReplayedTextsTest {

  private static final String TABLE =
      """
      from: { files: in.csv, format: csv, null_values: [NA] }
      columns:
        text: { type: string }
        at:   { type: timestamp }
        more: { type: double }
        flag: { type: string }
        sure: { type: int, required: true, expr: "%s" }
      %s
      rejects: { at_most: 100%% }
      """;

  private static final String FILE =
      """
      text,at,more,undeclared,flag
      "a ""quoted"", text",2024-01-01 10:00:00,1e300,u,x
      "two
      lines",2024-01-01T00:00:00+02:00,-0.0,,y
      Zürich \\ 'ʼ' 😀 \u0001\ttab,NA,NaN,"{""j"": [1]}",z
      NA,,,,n
      ,,,,e
      "  blanks  ",2024-02-30 00:00:00,1.,?,b
      {"json": true},2024-01-01,007,a,j
      null,2024-01-01 10:00:00.123456,1,a,l
      """;

  @TempDir Path root;

  @Test
  void everyTextMeansTheSameAsInTheFile() {
    try (TestProject project = new TestProject(root, "")) {
      project.file("p/in.csv", FILE);
      project.table("raw.t", TABLE.formatted("cast(null as int)", ""));
      assertThat(run(project)).isZero();
      assertThat(project.lake("select * from raw.t")).isEmpty();
      assertThat(project.lake("select record from raw.t__rejects")).hasSize(8);

      project.table("raw.t", TABLE.formatted("1", ""));
      assertThat(run(project, "--replay", "raw.t")).isZero();
      List<String> rows = project.lake("select * from raw.t");
      List<String> rejects = rejects(project);
      project.ledger("delete from afp.done returning unit");
      assertThat(run(project)).isZero();

      assertThat(project.lake("select * from raw.t")).hasSize(7).isEqualTo(rows);
      assertThat(rejects(project)).hasSize(1).isEqualTo(rejects);
    }
  }

  @Test
  void aTypedValueComesBackWithAllItsDigits() {
    String table =
        """
        from: { files: "in/*.parquet", format: parquet }
        columns:
          at:    { type: timestamp }
          price: { type: "decimal(20,10)" }
          share: { type: double }
          code:  { type: string, length: [1, %d] }
        rejects: { at_most: 100%% }
        """;
    try (TestProject project = new TestProject(root, "")) {
      TestSpark.session()
          .sql(
              "select timestamp'2024-01-01 12:00:00.123456Z' at, 0.0000000001BD price,"
                  + " 0.1D + 0.2D share, 'too long' code")
          .write()
          .parquet(root.resolve("p/in").toString());
      project.table("raw.t", table.formatted(3));
      assertThat(run(project)).isZero();
      assertThat(project.lake("select * from raw.t")).isEmpty();

      project.table("raw.t", table.formatted(9));
      assertThat(run(project, "--replay", "raw.t")).isZero();
      assertThat(project.lake("select string(at), price, share, code from raw.t"))
          .containsExactly("2024-01-01 12:00:00.123456 1E-10 0.30000000000000004 too long");
    }
  }

  @Test
  void aColumnThatIsDeclaredTodayIsFoundInTheRecord() {
    try (TestProject project = new TestProject(root, "")) {
      project.file("p/in.csv", FILE);
      project.table("raw.t", TABLE.formatted("cast(null as int)", ""));
      run(project);
      project.table(
          "raw.t", TABLE.formatted("1\" }\n  undeclared: { type: string, description: \"new", ""));
      assertThat(run(project, "--replay", "raw.t")).isZero();

      assertThat(project.lake("select flag, undeclared from raw.t"))
          .containsExactlyInAnyOrder(
              "x u", "y null", "z {\"j\": [1]}", "n null", "e null", "j a", "l a");
    }
  }

  @Test
  void aFieldThatTheFileOfARecordLackedIsNoNull() {
    String table =
        """
        from: { files: "in/*.csv", format: csv }
        columns:
          id:     { type: int, required: true }
          state:  { type: string, %s }
          amount: { type: %s }
        rejects: { at_most: 100%% }
        """;
    try (TestProject project = new TestProject(root, "")) {
      project.file("p/in/1.csv", "id,state,amount\n1,open,2500000000\n2,,3\n");
      project.file("p/in/2.csv", "id,status,amount\n3,shut,3500000000\n");
      project.table("raw.t", table.formatted("may_be_missing: true", "int"));
      assertThat(run(project)).isZero();
      assertThat(
              project.lake(
                  "select get_json_object(record, '$.id'), array_join(fields, ' ') from"
                      + " raw.t__rejects"))
          .containsExactlyInAnyOrder("1 id state amount", "3 id status amount");

      project.table("raw.t", table.formatted("from: status", "long"));
      assertThat(replay(project))
          .singleElement()
          .asString()
          .startsWith(
              "AFP-ING-020 1 reject of raw.t can't be judged again: the source had no field status"
                  + " when it was read (state is read from it)");
      assertThat(project.lake("select id, state, amount from raw.t"))
          .containsExactlyInAnyOrder("2 null 3", "3 shut 3500000000");
      assertThat(
              project.lake(
                  "select get_json_object(record, '$.id'), array_join(fields, ' ') from"
                      + " raw.t__rejects"))
          .containsExactly("1 id state amount");

      project.table("raw.t", table.formatted("from: status, may_be_missing: true", "long"));
      assertThat(replay(project))
          .singleElement()
          .asString()
          .startsWith(
              "AFP-ING-020 Column state of raw.t is null for 1 reject: the source had no field"
                  + " status when it was read (state is read from it)");
      assertThat(project.lake("select id, state, amount from raw.t where id = 1"))
          .containsExactly("1 null 2500000000");
    }
  }

  private static List<String> replay(TestProject project) {
    JsonNode report = project.run(List.of(Phase.INGEST, Phase.QUALITY), "--replay", "raw.t");
    assertThat(report.get("exit").asInt()).as(report.toString()).isZero();
    return TestProject.problems(report);
  }

  private static List<String> rejects(TestProject project) {
    return project.lake("select record, to_json(reasons), file from raw.t__rejects");
  }

  private static int run(TestProject project, String... more) {
    return project.run(List.of(Phase.INGEST, Phase.QUALITY), more).get("exit").asInt();
  }
}
