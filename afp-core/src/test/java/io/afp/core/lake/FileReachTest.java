package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.catalog.Pointer;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LakeExtension.class)
class FileReachTest {

  private TestLake lake;

  @BeforeEach
  void aTableWithTwoReleases(TestLake given) {
    lake = given;
    lake.publish("CREATE NAMESPACE core", "CREATE TABLE core.a AS SELECT 1 AS id");
    lake.publish("INSERT OVERWRITE core.a SELECT 2 AS id");
  }

  @Test
  void whatOnlyADiscardedBranchReachesIsDeletedAndNothingElse() {
    Set<Path> before = files();
    String branch = lake.newBranch();
    SparkSession session = lake.on(branch);
    session.sql("INSERT INTO core.a VALUES (3)");
    session.sql("INSERT OVERWRITE core.a SELECT 4 AS id");
    session.sql("CREATE TABLE core.b AS SELECT 1 AS id");
    int added = files().size() - before.size();
    assertThat(discard(branch)).isEqualTo(added);
    assertThat(files()).isEqualTo(before);
    assertThat(ids(lake.onMain())).containsExactly(2);
  }

  @Test
  void theHistoryOfMainStaysReadable() {
    String branch = lake.newBranch();
    lake.on(branch).sql("INSERT INTO core.a VALUES (3)");
    discard(branch);
    lake.branches().createAsOf("old", 1);
    assertThat(ids(lake.on("old"))).containsExactly(1);
  }

  @Test
  void aBranchThatSharesTheBaseStaysReadable() {
    String other = lake.newBranch();
    SparkSession otherSession = lake.on(other);
    otherSession.sql("INSERT INTO core.a VALUES (5)");
    String branch = lake.newBranch();
    lake.on(branch).sql("INSERT INTO core.a VALUES (3)");
    discard(branch);
    assertThat(ids(otherSession)).containsExactly(2, 5);
    lake.publishBranch(other);
    assertThat(ids(lake.onMain())).containsExactly(2, 5);
  }

  @Test
  void filesThatWereAddedFromElsewhereAreSpared(@TempDir Path folder) {
    String source = folder.resolve("source").toUri().toString();
    String branch = lake.newBranch();
    SparkSession session = lake.on(branch);
    session.range(3).selectExpr("cast(id AS int) id").write().parquet(source);
    session.sql(
        "CALL lake.system.add_files(table => 'core.a', source_table => '`parquet`.`%s`')"
            .formatted(source));
    assertThat(session.table("core.a").count()).isEqualTo(4);
    discard(branch);
    assertThat(session.read().parquet(source).count()).isEqualTo(3);
  }

  @Test
  void aTableThatTwoBranchesCreatedLosesOnlyTheFilesOfTheLoser() {
    String winner = lake.newBranch();
    String loser = lake.newBranch();
    createB(lake.on(winner));
    createB(lake.on(loser));
    File folder = newFolder(loser);
    lake.publishBranch(winner);
    assertThatThrownBy(() -> lake.publishBranch(loser)).hasMessageContaining("Cannot publish");
    assertThat(discard(loser)).isPositive();
    assertThat(rowsOfB()).isEqualTo(1);
    assertThat(FileUtil.fullyDelete(folder)).isTrue();
    assertThat(rowsOfB())
        .as("even somebody who deletes its folder takes nothing else")
        .isEqualTo(1);
  }

  @Test
  void withoutUniqueLocationsTheFolderOfTheLoserIsThatOfTheWinner() {
    String winner = lake.newBranch();
    String loser = lake.newBranch();
    createB(Unguarded.on(lake, winner));
    createB(Unguarded.on(lake, loser));
    File folder = newFolder(loser);
    lake.publishUnopened(winner);
    discard(loser);
    assertThat(rowsOfB()).as("AFP deletes by reachability").isEqualTo(1);
    assertThat(FileUtil.fullyDelete(folder)).isTrue();
    assertThatThrownBy(this::rowsOfB).isInstanceOf(NotFoundException.class);
  }

  private static void createB(SparkSession session) {
    session.sql("CREATE TABLE core.b AS SELECT 1 AS id");
  }

  private long rowsOfB() {
    return lake.onMain().table("core.b").count();
  }

  /** The folder of the only table that a branch has changed. */
  private File newFolder(String branch) {
    String location = lake.branches().changed(branch).get(0).metadataLocation();
    return new File(URI.create(location)).getParentFile().getParentFile();
  }

  @Test
  void aDiscardThatWasInterruptedCanBeRepeated() {
    String branch = lake.newBranch();
    lake.on(branch).sql("INSERT INTO core.a VALUES (3)");
    List<Pointer> changed = lake.branches().discard(branch);
    FileReach reach = new FileReach(lake.files());
    assertThat(reach.delete(changed, lake.branches().reachable())).isPositive();
    assertThat(reach.delete(changed, lake.branches().reachable())).isZero();
  }

  @Test
  void metadataThatIsGoneIsNotOpened() throws IOException {
    String branch = lake.newBranch();
    lake.on(branch).sql("INSERT INTO core.a VALUES (3)");
    String location = lake.branches().changed(branch).get(0).metadataLocation();
    Files.delete(Path.of(URI.create(location)));
    assertThatThrownBy(() -> lake.publishBranch(branch)).isInstanceOf(NotFoundException.class);
    assertThat(ids(lake.onMain())).containsExactly(2);
  }

  private int discard(String branch) {
    return new FileReach(lake.files())
        .delete(lake.branches().discard(branch), lake.branches().reachable());
  }

  private Set<Path> files() {
    try (Stream<Path> files = Files.walk(lake.warehouse())) {
      return new TreeSet<>(
          files.filter(Files::isRegularFile).filter(f -> !f.toString().endsWith(".crc")).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Integer> ids(SparkSession session) {
    return session.sql("SELECT id FROM core.a ORDER BY id").collectAsList().stream()
        .map(row -> row.getInt(0))
        .toList();
  }
}
