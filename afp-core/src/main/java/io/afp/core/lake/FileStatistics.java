package io.afp.core.lake;

import io.afp.core.definition.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.SparkExpressionConverter;

/** What the statistics of the files of a table say. */
record FileStatistics(SparkSession session, TableName name, Table table) {

  /** Whether they say that no row obeys a condition; false where they can't tell. */
  boolean haveSurelyNone(Column condition) {
    try (CloseableIterable<FileScanTask> files =
        table.newScan().filter(expression(condition)).planFiles()) {
      return !files.iterator().hasNext();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Expression expression(Column condition) {
    try {
      return SparkExpressionConverter.convertToIcebergExpression(
          SparkExpressionConverter.collectResolvedSparkExpression(
              session, name.toString(), condition.expr().sql()));
    } catch (AnalysisException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
