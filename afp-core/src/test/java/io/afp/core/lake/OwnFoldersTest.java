package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.catalog.Pointer;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnFoldersTest extends OneTableOnMain {

  @TempDir private Path folder;

  @Test
  void withoutTheRuleACleanTakesAwayWhatOthersKeepInTheFolder() throws IOException {
    Path letter = Files.writeString(folder.resolve("letter.txt"), "dear reader");
    createElsewhere(Unguarded.onMain(lake));
    assertThat(sweep())
        .extracting(FileSweep.Garbage::address)
        .containsExactly(letter.toUri().toString().replace("///", "/"));
  }

  private List<FileSweep.Garbage> sweep() {
    List<String> places =
        lake.branches().reachable().main().stream().map(Pointer::metadataLocation).toList();
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    return new FileSweep(lake.files())
        .find(lake.branches().reachable(), Map.of(), places, tomorrow);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE core.b LOCATION '%s' AS SELECT 1 AS id",
        "CREATE TABLE core.b (id int) USING iceberg LOCATION '%s-0123456789abcdef0123456789abcdef'",
        "CREATE OR REPLACE TABLE core.a LOCATION '%s' AS SELECT 2 AS id",
        "ALTER TABLE core.a SET LOCATION '%s'",
        "CREATE VIEW core.v TBLPROPERTIES ('location' = '%s') AS SELECT 1 AS id"
      })
  void aFolderOutsideOfTheWarehouseIsNotPublished(String statement) {
    refused(statement.formatted(uri(folder)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "core", "core/b"})
  void aFolderWithoutANameOfItsOwnIsNotPublished(String name) {
    refused(
        "CREATE TABLE core.b LOCATION '%s' AS SELECT 1 AS id"
            .formatted(uri(lake.warehouse().resolve(name))));
  }

  @Test
  void aTableOfAnEngineWithoutUniqueFoldersIsNotPublished() {
    String branch = lake.newBranch();
    Unguarded.on(lake, branch).sql("CREATE TABLE core.b AS SELECT 1 AS id");
    refusedBranch(branch);
  }

  private void refused(String statement) {
    String branch = lake.newBranch();
    lake.on(branch).sql(statement);
    refusedBranch(branch);
  }

  private void refusedBranch(String branch) {
    assertThatThrownBy(() -> lake.publishBranch(branch))
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCATION_REFUSED))
        .hasMessageContaining("(location=");
    assertThat(lake.onMain().table("core.a").head().getInt(0)).isEqualTo(1);
  }

  @Test
  void aTableThatWasThereBeforeStaysWhereItIs() {
    createElsewhere(Unguarded.onMain(lake));
    lake.publish("INSERT INTO core.b VALUES (2)");
    assertThat(lake.onMain().table("core.b").count()).isEqualTo(2);
  }

  @Test
  void whatTheCatalogPlacesIsPublished() {
    lake.publish(
        "CREATE TABLE core.b AS SELECT 1 AS id",
        "CREATE VIEW core.v AS SELECT id FROM core.b",
        "ALTER TABLE core.b RENAME TO core.c");
    assertThat(lake.onMain().table("core.c").count()).isEqualTo(1);
  }

  private void createElsewhere(SparkSession session) {
    session.sql("CREATE TABLE core.b LOCATION '%s' AS SELECT 1 AS id".formatted(uri(folder)));
  }

  private static String uri(Path path) {
    return path.toUri().toString().replaceFirst("/$", "");
  }
}
