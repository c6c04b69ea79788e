package io.afp.bench.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestLake;
import io.afp.core.testing.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is measured is right: at a thousandth of the scale, so that it can be asked in each build.
 */
class TpchAnswersTest {

  private static final Path PIPELINE = Path.of("transform/tpch");

  @TempDir Path folder;

  @Test
  void theModelsOfTheQueriesGiveTheAnswersOfDuckDb() throws Exception {
    Path files = folder.resolve("tpch");
    TpchFiles.write(files, 0.001);
    Map<String, String> queries = Queries.of(PIPELINE);
    assertThat(queries).hasSize(22);
    try (TestProject project = new TestProject(folder.resolve("project"), "");
        Answers answers = new Answers(files)) {
      load(project.lake(), files);
      copyTables(project);
      assertThat(project.run(List.of(Phase.TRANSFORM, Phase.QUALITY)).get("exit").asInt()).isZero();
      SparkSession main = project.lake().onMain();
      for (Map.Entry<String, String> query : queries.entrySet()) {
        String table = "answer." + query.getKey();
        answers.require(query.getKey(), query.getValue(), main.table(table));
      }
      assertThatThrownBy(
              () -> answers.require("q01", queries.get("q01"), main.table("answer.q01").limit(1)))
          .hasMessageContaining("another answer than DuckDB");
    }
  }

  private static void load(TestLake lake, Path files) throws Exception {
    String branch = lake.newBranch();
    SparkSession session = lake.on(branch);
    session.sql("CREATE NAMESPACE tpch");
    for (String table : TpchTables.names()) {
      TpchTables.read(session, files, table).writeTo("tpch." + table).create();
    }
    lake.publishBranch(branch);
  }

  private static void copyTables(TestProject project) throws IOException {
    try (Stream<Path> tables = Files.list(PIPELINE.resolve("tables/answer"))) {
      for (Path table : tables.toList()) {
        project.file("p/tables/answer/" + table.getFileName(), Files.readString(table));
      }
    }
  }
}
