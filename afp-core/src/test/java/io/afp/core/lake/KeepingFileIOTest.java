package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What clears away on a branch, with files that main needs. */
@ExtendWith(LakeExtension.class)
class KeepingFileIOTest {

  /** Clears away on a branch. */
  interface Housework extends BiConsumer<TestLake, SparkSession> {}

  static Stream<Named<Housework>> housework() {
    return Stream.of(
        Named.of("expire_snapshots", KeepingFileIOTest::expire),
        Named.of("remove_orphan_files", KeepingFileIOTest::removeOrphans),
        Named.of("DROP PURGE", (lake, session) -> session.sql("DROP TABLE core.a PURGE")));
  }

  private static void expire(TestLake lake, SparkSession session) {
    session.sql("INSERT OVERWRITE core.a SELECT 7 AS id");
    session.sql(
        "CALL lake.system.expire_snapshots(table => 'core.a', older_than => TIMESTAMP '2100-01-01 00:00:00')");
  }

  private static void removeOrphans(TestLake lake, SparkSession session) {
    lake.publish("INSERT INTO core.a VALUES (2)");
    SparkSession.setActiveSession(session);
    SparkActions.get(session)
        .deleteOrphanFiles(table(session))
        .olderThan(System.currentTimeMillis() + 60_000)
        .execute();
  }

  @ParameterizedTest
  @MethodSource("housework")
  void withoutItMainIsDestroyed(Housework housework, TestLake lake) {
    createTable(lake);
    housework.accept(lake, Unguarded.on(lake, lake.newBranch()));
    assertThatThrownBy(() -> readMain(lake)).hasStackTraceContaining("FileNotFoundException");
  }

  @ParameterizedTest
  @MethodSource("housework")
  void withItMainStaysIntact(Housework housework, TestLake lake) {
    createTable(lake);
    housework.accept(lake, lake.on(lake.newBranch()));
    assertThat(readMain(lake)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("housework")
  void aTableThatIsNotToBeCollectedRefusesAtOnce(Housework housework, TestLake lake) {
    lake.publish("CREATE NAMESPACE core", "CREATE TABLE core.a AS SELECT 1 AS id");
    SparkSession session = Unguarded.on(lake, lake.newBranch());
    assertThatThrownBy(() -> housework.accept(lake, session))
        .hasStackTraceContaining("GC is disabled");
    assertThat(readMain(lake)).isNotEmpty();
  }

  /** One that has not the second belt, {@code gc.enabled=false}. */
  private static void createTable(TestLake lake) {
    lake.publish(
        "CREATE NAMESPACE core",
        "CREATE TABLE core.a TBLPROPERTIES ('gc.enabled' = 'true') AS SELECT 1 AS id");
  }

  private static List<Row> readMain(TestLake lake) {
    return lake.onMain().sql("SELECT id FROM core.a ORDER BY id").collectAsList();
  }

  private static Table table(SparkSession session) {
    try {
      return Spark3Util.loadIcebergTable(session, "lake.core.a");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
