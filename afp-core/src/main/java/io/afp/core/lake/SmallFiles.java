package io.afp.core.lake;

import io.afp.core.catalog.Pointer;
import io.afp.core.definition.TableName;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.BinPackRewriteFilePlanner;
import org.apache.iceberg.actions.RewriteFileGroup;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/**
 * Puts small files of a table together, where a partition has at least five: each run leaves some.
 * The rows stay as they are.
 */
public final class SmallFiles {

  private final FileIO io;

  public SmallFiles(FileIO io) {
    this.io = io;
  }

  /** How many files would be put together. */
  public int count(Pointer table) {
    BinPackRewriteFilePlanner planner =
        new BinPackRewriteFilePlanner(
            new BaseTable(
                new StaticTableOperations(table.metadataLocation(), io), table.toString()));
    planner.init(Map.of());
    return StreamSupport.stream(planner.plan().groups().spliterator(), false)
        .mapToInt(RewriteFileGroup::inputFileNum)
        .sum();
  }

  /** Puts them together, in a table of the session's branch. */
  public static void putTogether(SparkSession session, TableName name) {
    Table table = new LakeTables(session).find(name).orElseThrow();
    SparkActions.get(session)
        .rewriteDataFiles(table)
        .snapshotProperty(MergeTrail.SAME_ROWS, MergeTrail.changed(table))
        .execute();
  }
}
