package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.error.AfpException;
import java.util.List;
import org.apache.iceberg.TableMetadataParser;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What main looks like after unusual changes were published. */
class PublishedLakeTest extends OneTableOnMain {

  private static final String DELETE_AFTER_COMMIT =
      """
      ALTER TABLE core.a SET TBLPROPERTIES ('write.metadata.delete-after-commit.enabled' = 'true',
        'write.metadata.previous-versions-max' = '1')
      """;

  @Test
  void aViewIsPublishedOverTheNameOfATable() {
    lake.publish("DROP TABLE core.a", "CREATE VIEW core.a AS SELECT 7 AS id");
    assertThat(ids(lake.onMain(), "core.a")).containsExactly(7);
    assertThatThrownBy(() -> TableMetadataParser.read(lake.files(), location()))
        .as("what Iceberg does, again and again for a minute, where the type is left behind")
        .hasMessageContaining("Cannot parse");
  }

  @Test
  void aTableThatWasDroppedAndCreatedAgainBreaksOpenReaders() {
    Dataset<Row> open = lake.onMain().table("core.a");
    lake.publish("DROP TABLE core.a", "CREATE TABLE core.a AS SELECT 3 AS id");
    assertThatThrownBy(open::count).hasStackTraceContaining("Table UUID does not match");
  }

  @Test
  void aTableWhoseRowsWereReplacedDoesNot() {
    Dataset<Row> open = lake.onMain().table("core.a");
    lake.publish("INSERT OVERWRITE core.a SELECT 3 AS id");
    assertThat(open.count()).isEqualTo(1);
  }

  @Test
  void changesByDeleteFilesAreNotReadable() {
    lake.publish(
        "ALTER TABLE core.a SET TBLPROPERTIES ('write.delete.mode' = 'merge-on-read')",
        "INSERT INTO core.a SELECT id FROM range(10, 20)",
        "DELETE FROM core.a WHERE id = 15");
    assertThatThrownBy(this::changes)
        .hasStackTraceContaining("Delete files are currently not supported");
  }

  @Test
  void changesByWholeFilesAre() {
    lake.publish(
        "INSERT INTO core.a SELECT id FROM range(10, 20)", "DELETE FROM core.a WHERE id = 15");
    assertThat(changes()).isEqualTo(10);
  }

  private long changes() {
    String branch = lake.newBranch();
    SparkSession session = lake.on(branch);
    session.sql(
        "CALL lake.system.create_changelog_view(table => 'core.a', changelog_view => 'changes', net_changes => true)");
    return session.table("changes").count();
  }

  @Test
  void aViewIsDiscardedLikeATable() {
    String branch = lake.newBranch();
    SparkSession session = lake.on(branch);
    session.sql("CREATE VIEW core.v AS SELECT id FROM core.a");
    session.sql("INSERT INTO core.a VALUES (2)");
    assertThat(
            new FileReach(lake.files())
                .delete(lake.branches().discard(branch), lake.branches().reachable()))
        .isPositive();
    assertThat(ids(lake.onMain(), "core.a")).containsExactly(1);
  }

  @Test
  void aViewOfMainDoesNotKeepABranchFromBeingDiscarded() {
    lake.publish("CREATE VIEW core.v AS SELECT id FROM core.a");
    String branch = lake.newBranch();
    lake.on(branch).sql("INSERT INTO core.a VALUES (2)");
    assertThat(
            new FileReach(lake.files())
                .delete(lake.branches().discard(branch), lake.branches().reachable()))
        .isPositive();
    assertThat(ids(lake.onMain(), "core.v")).containsExactly(1);
  }

  @Test
  void anOldPointerThatIsPublishedAgainBreaksIncrementalReaders() {
    String old = location();
    lake.publish("INSERT INTO core.a VALUES (2)");
    long snapshot = snapshot();
    lake.database()
        .useTransaction(
            h ->
                h.execute(
                    "UPDATE iceberg_tables SET metadata_location = ? WHERE catalog_name = 'lake'",
                    old));
    assertThatThrownBy(() -> since(snapshot))
        .hasMessageContaining("is not a parent ancestor of end snapshot");
  }

  @Test
  void aRollbackIsANewCommitAndReadersGoOn() {
    long first = snapshot();
    lake.publish("INSERT INTO core.a VALUES (2)");
    lake.publish("CALL lake.system.rollback_to_snapshot('core.a', %d)".formatted(first));
    assertThat(ids(lake.onMain(), "core.a")).containsExactly(1);
    lake.publish("INSERT INTO core.a VALUES (3)");
    assertThat(since(first)).isEqualTo(1);
  }

  @Test
  void deletingMetadataAfterCommitsMakesABranchUnreadable() {
    SparkSession main = Unguarded.onMain(lake);
    main.sql(DELETE_AFTER_COMMIT);
    SparkSession branch = lake.on(lake.newBranch());
    for (int i = 0; i < 3; i++) {
      main.sql("INSERT INTO core.a VALUES (2)");
    }
    assertThatThrownBy(() -> ids(branch, "core.a")).hasStackTraceContaining("metadata.json");
  }

  @Test
  void aTableThatDeletesMetadataAfterCommitsIsNotPublished() {
    assertThatThrownBy(() -> lake.publish(DELETE_AFTER_COMMIT))
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code().code()).isEqualTo("AFP-LAKE-004"))
        .hasMessageContaining("delete-after-commit.enabled=true");
  }

  private String location() {
    return lake.branches().reachable().histories().get(0).metadataLocation();
  }

  private long snapshot() {
    return lake.onMain()
        .sql("SELECT snapshot_id FROM core.a.snapshots ORDER BY committed_at DESC LIMIT 1")
        .head()
        .getLong(0);
  }

  private long since(long snapshot) {
    return lake.onMain().read().option("start-snapshot-id", snapshot).table("core.a").count();
  }

  private static List<Integer> ids(SparkSession session, String table) {
    return session.sql("SELECT id FROM %s ORDER BY id".formatted(table)).collectAsList().stream()
        .map((Row row) -> row.getInt(0))
        .toList();
  }
}
