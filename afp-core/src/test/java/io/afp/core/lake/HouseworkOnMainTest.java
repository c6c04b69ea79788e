package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.catalog.Pointer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clears away or rewrites on main, while a branch works on the same table. */
class HouseworkOnMainTest extends OneTableOnMain {

  @Test
  void expiringMakesABranchUnreadable() {
    allowCollection();
    SparkSession branch = lake.on(lake.newBranch());
    expire(Unguarded.onMain(lake));
    assertThatThrownBy(() -> ids(branch)).hasStackTraceContaining("FileNotFoundException");
  }

  @Test
  void expiringIsRefusedToASessionOfTheFactory() {
    allowCollection();
    SparkSession branch = lake.on(lake.newBranch());
    assertThatThrownBy(() -> expire(lake.onMain())).hasStackTraceContaining("read-only");
    assertThat(ids(branch)).containsExactly(1);
  }

  @Test
  void expiringATableAsAfpCreatesItIsRefusedToEverybody() {
    assertThatThrownBy(() -> expire(Unguarded.onMain(lake)))
        .isInstanceOf(ValidationException.class)
        .hasStackTraceContaining("GC is disabled");
  }

  private static void expire(SparkSession session) {
    session.sql("INSERT OVERWRITE core.a SELECT 7 AS id");
    session.sql(
        "CALL lake.system.expire_snapshots(table => 'core.a', older_than => TIMESTAMP '2100-01-01 00:00:00')");
  }

  @Test
  void removingOrphansDestroysABranchAndThenMain() throws Exception {
    allowCollection();
    String branch = branchWith(2);
    removeOrphans(Unguarded.onMain(lake));
    assertThatThrownBy(() -> ids(lake.on(branch))).hasStackTraceContaining("NotFoundException");
    lake.publishUnopened(branch);
    assertThatThrownBy(() -> ids(lake.onMain())).hasStackTraceContaining("NotFoundException");
  }

  @Test
  void aBranchWhoseFilesWereTakenForOrphansIsNotPublished() throws Exception {
    allowCollection();
    String branch = branchWith(2);
    removeOrphans(Unguarded.onMain(lake));
    assertThatThrownBy(() -> lake.publishBranch(branch)).isInstanceOf(NotFoundException.class);
    assertThat(ids(lake.onMain())).containsExactly(1);
  }

  @Test
  void removingOrphansFromATableAsAfpCreatesItIsRefusedToEverybody() {
    assertThatThrownBy(() -> removeOrphans(Unguarded.onMain(lake)))
        .isInstanceOf(ValidationException.class)
        .hasStackTraceContaining("GC is disabled");
  }

  @Test
  void aSessionOfTheFactoryRemovesNoOrphans() throws Exception {
    allowCollection();
    String branch = branchWith(2);
    removeOrphans(lake.onMain());
    lake.publishBranch(branch);
    assertThat(ids(lake.onMain())).containsExactly(1, 2);
  }

  @Test
  void theSweepOfAfpSparesWhatABranchNeeds() {
    String branch = branchWith(2);
    List<String> places =
        lake.branches().reachable().histories().stream().map(Pointer::metadataLocation).toList();
    assertThat(
            new FileSweep(lake.files())
                .find(
                    lake.branches().reachable(),
                    Map.of(),
                    places,
                    Instant.now().plus(Duration.ofDays(1))))
        .isEmpty();
    lake.publishBranch(branch);
    assertThat(ids(lake.onMain())).containsExactly(1, 2);
  }

  private static void removeOrphans(SparkSession session) throws Exception {
    SparkActions.get(session)
        .deleteOrphanFiles(Spark3Util.loadIcebergTable(session, "lake.core.a"))
        .olderThan(System.currentTimeMillis() + 60_000)
        .execute();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rewrite_data_files(table => 'core.a', options => map('rewrite-all', 'true'))",
        "rewrite_manifests('core.a')"
      })
  void rewritingRefusesThePublishOfABranchThatChangedTheTable(String rewriting) {
    lake.publish("INSERT INTO core.a VALUES (2)");
    String branch = branchWith(3);
    rewrite(Unguarded.onMain(lake), rewriting);
    assertThat(ids(lake.on(branch))).as("it stays readable").containsExactly(1, 2, 3);
    assertThatThrownBy(() -> lake.publishBranch(branch))
        .hasMessageContaining("another writer changed a table that this run changed");
    assertThat(ids(lake.onMain())).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rewrite_data_files(table => 'core.a', options => map('rewrite-all', 'true'))",
        "rewrite_manifests('core.a')"
      })
  void rewritingOnABranchIsPublishedLikeARun(String rewriting) {
    lake.publish("INSERT INTO core.a VALUES (2)");
    assertThatThrownBy(() -> rewrite(lake.onMain(), rewriting))
        .hasStackTraceContaining("read-only");
    String branch = lake.newBranch();
    rewrite(lake.on(branch), rewriting);
    lake.publishBranch(branch);
    String next = branchWith(3);
    lake.publishBranch(next);
    assertThat(ids(lake.onMain())).containsExactly(1, 2, 3);
  }

  private static void rewrite(SparkSession session, String rewriting) {
    assertThat(session.sql("CALL lake.system." + rewriting).head().getInt(0))
        .as("rewritten")
        .isPositive();
  }

  private void allowCollection() {
    lake.publish("ALTER TABLE core.a SET TBLPROPERTIES ('gc.enabled' = 'true')");
  }

  private String branchWith(int id) {
    String branch = lake.newBranch();
    lake.on(branch).sql("INSERT INTO core.a VALUES (%d)".formatted(id));
    return branch;
  }

  private static List<Integer> ids(SparkSession session) {
    return session.sql("SELECT id FROM core.a ORDER BY id").collectAsList().stream()
        .map(row -> row.getInt(0))
        .toList();
  }
}
