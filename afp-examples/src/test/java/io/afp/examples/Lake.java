package io.afp.examples;

import io.afp.core.lake.LakeSession;
import io.afp.core.testing.TestSpark;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The Iceberg tables of a project. */
final class Lake {

  private final ProjectCopy project;
  private SparkSession main;

  Lake(ProjectCopy project) {
    this.project = project;
  }

  SparkSession main() {
    if (main == null) {
      main = sessions().onMain(TestSpark.session());
    }
    return main;
  }

  SparkSession branch(String name) {
    return sessions().reading(TestSpark.session(), name);
  }

  private LakeSession sessions() {
    return new LakeSession(
        project.postgres().live().orElseThrow(),
        project.settings().lake().warehouse(),
        "test",
        Map.of());
  }

  /**
   * Rows of main as text, sorted: two lists are equal exactly when EXCEPT ALL is empty both ways.
   */
  List<String> rows(String sql) {
    return rows(main(), sql);
  }

  static List<String> rows(SparkSession session, String sql) {
    return session.sql(sql).collectAsList().stream().map(Row::toString).sorted().toList();
  }

  /** The snapshot that main shows. */
  long snapshot(String table) {
    return main()
        .sql(
            "SELECT snapshot_id FROM %s.snapshots ORDER BY committed_at DESC LIMIT 1"
                .formatted(table))
        .first()
        .getLong(0);
  }

  /** The files of a table but for those of one partition; it is partitioned by one field. */
  List<String> filesOfOtherPartitions(String table, int partition) {
    String field = main().table(table + ".files").select("partition.*").columns()[0];
    return rows(
        "SELECT file_path FROM %s.files WHERE partition.%s <> %d"
            .formatted(table, field, partition));
  }

  /**
   * How many of the rows that obey a condition are in the table now and not at a snapshot, or the
   * other way round.
   */
  long differences(String table, long snapshot, String condition) {
    String now = "SELECT * FROM %s WHERE %s".formatted(table, condition);
    String then =
        "SELECT * FROM %s VERSION AS OF %d WHERE %s".formatted(table, snapshot, condition);
    SparkSession session = main();
    return session.sql("%s EXCEPT ALL %s".formatted(now, then)).count()
        + session.sql("%s EXCEPT ALL %s".formatted(then, now)).count();
  }
}
