package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How checks are answered is told by definitions alone. */
class QualityExplainTest {

  @TempDir private Path root;
  private Path pipeline;

  @BeforeEach
  void aPipeline() throws Exception {
    pipeline = root.resolve("shop");
    Files.createDirectories(pipeline.resolve("tables/core"));
    Files.writeString(root.resolve("afp.yaml"), "");
    Files.writeString(pipeline.resolve("pipeline.yaml"), "pipeline: shop\n");
    table(
        "sale",
        """
        columns:
          id:   { type: long, required: true }
          name: { type: string, checks: [ { in: [a, b] }, { references: core.name.name } ] }
        key: [id]
        checks:
          - { key: [name], name: other }
          - { sql: "id > 0", name: positive }
          - rows: { min: 1 }
        """);
    table(
        "name",
        """
        columns: { name: { type: string, checks: [ { length: [1, 9] } ] } }
        write: { mode: view }
        """);
    table("plain", "columns: { name: { type: string } }\n");
  }

  private void table(String name, String yaml) throws Exception {
    Files.writeString(pipeline.resolve("tables/core/%s.yaml".formatted(name)), yaml);
    Files.writeString(pipeline.resolve("tables/core/%s.sql".formatted(name)), "select 1");
  }

  private TestCommand explain(String... more) {
    String[] all = new String[3 + more.length];
    all[0] = "quality";
    all[1] = "explain";
    all[2] = pipeline.toString();
    System.arraycopy(more, 0, all, 3, more.length);
    return TestCommand.run(all);
  }

  @Test
  void eachGroupSaysWhatItReads() {
    assertThat(explain().succeeded().lines())
        .map(line -> line.replaceAll(" +", " ").strip())
        .containsExactlyInAnyOrder(
            "table answered by scans shuffles checks",
            "core.name scan 1 0 core.name.name.length",
            "core.sale metadata 0 0 core.sale.rows",
            "core.sale write 0 0 core.sale.id.required, core.sale.name.in, positive",
            "core.sale shuffle 1 1 core.sale.key, other",
            "core.sale join 2 3 core.sale.name.references");
  }

  @Test
  void oneCheckIsShownWithThoseThatAreAnsweredTogetherWithIt() {
    assertThat(explain("core.sale", "other").succeeded().lines())
        .map(line -> line.replaceAll(" +", " ").strip())
        .containsExactly(
            "table answered by scans shuffles checks",
            "core.sale shuffle 1 1 core.sale.key, other");
    assertThat(explain("core.sale", "othr").endedWith(64).err())
        .contains("the table has no such check (table=core.sale)", "Did you mean 'other'?");
    assertThat(explain("core.plain", "other").endedWith(64).err()).contains("no such check");
  }

  @Test
  void itIsTheSameInJson() {
    JsonNode sale = explain("core.sale", "--json").data().get(0);
    assertThat(sale.path("table").asText()).isEqualTo("core.sale");
    assertThat(sale.path("scans").asInt()).isEqualTo(3);
    assertThat(sale.path("shuffles").asInt()).isEqualTo(4);
    assertThat(sale.at("/groups/2/answered_by").asText()).isEqualTo("shuffle");
    assertThat(sale.at("/groups/2/checks")).hasSize(2);
  }

  @Test
  void aTableThatIsNotThereHasTheNearestOne() {
    assertThat(explain("core.sales").endedWith(64).err()).contains("Did you mean 'core.sale'?");
    assertThat(explain("core.plain").succeeded().out()).isEqualTo("There are no checks\n");
  }

  @Test
  void whatIsKnownOfAWholeTableIsAListOfItsChecks() throws Exception {
    String known =
        """
        {"table": "core.sale", "snapshot": 7, "rows": 1200, "checks": [
          {"check": "core.sale.name.in", "value": "0.75", "obey": 900, "judged": 1200},
          {"check": "core.sale.key", "unknown": "it leaves no state"}]}
        """;
    assertThat(QualityShow.text(Output.JSON.readTree(known)).lines())
        .map(line -> line.replaceAll(" +", " ").strip())
        .containsExactly(
            "core.sale as of snapshot 7: 1,200 rows",
            "",
            "check value obey judged unknown because",
            "core.sale.name.in 0.75 900 1,200",
            "core.sale.key it leaves no state");
    String unknown = "{\"table\": \"core.name\", \"unknown\": \"a view has no rows of its own\"}";
    assertThat(QualityShow.text(Output.JSON.readTree(unknown)))
        .isEqualTo("core.name: nothing is known, a view has no rows of its own");
  }
}
