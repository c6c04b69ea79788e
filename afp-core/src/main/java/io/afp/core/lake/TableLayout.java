package io.afp.core.lake;

import static org.apache.iceberg.TableProperties.DELETE_DISTRIBUTION_MODE;
import static org.apache.iceberg.TableProperties.MERGE_DISTRIBUTION_MODE;
import static org.apache.iceberg.TableProperties.UPDATE_DISTRIBUTION_MODE;
import static org.apache.iceberg.TableProperties.WRITE_DISTRIBUTION_MODE;
import static org.apache.iceberg.TableProperties.WRITE_TARGET_FILE_SIZE_BYTES;
import static org.apache.iceberg.spark.SparkTableProperties.WRITE_ADVISORY_PARTITION_SIZE_BYTES;
import static org.apache.iceberg.spark.SparkTableProperties.WRITE_PARTITIONED_FANOUT_ENABLED;

import io.afp.core.definition.LayoutDef;
import io.afp.core.definition.SortField;
import io.afp.core.definition.SortField.Direction;
import io.afp.core.definition.TableDef;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.SortOrderBuilder;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;

/** A declared layout in the words of Iceberg, so that others who write the table keep to it too. */
final class TableLayout {

  /**
   * How many bytes of a shuffle a task gets for each byte of a full file: enough for two full files
   * where Parquet needs a sixth of the shuffle, so that the one file of a task that is not full
   * hardly counts.
   */
  private static final int SHUFFLED_FOR_ONE = 12;

  /** The bytes of a shuffle that a task gets for a table that does not say. */
  static final long STANDARD_TASK = task(LayoutDef.STANDARD.targetFileSize());

  private TableLayout() {}

  /** The bytes that a task gets, before they are Parquet. */
  static long task(long targetFileSize) {
    return SHUFFLED_FOR_ONE * targetFileSize;
  }

  /**
   * The properties of a table. Rows are sorted by partition rather than held in an open file for
   * each partition: that costs little, and thousands of open files need more memory than a task
   * has.
   */
  static Map<String, String> properties(LayoutDef layout) {
    String mode = layout.distribution().name().toLowerCase(Locale.ROOT);
    long task = task(layout.targetFileSize());
    return Map.of(
        WRITE_TARGET_FILE_SIZE_BYTES, String.valueOf(layout.targetFileSize()),
        WRITE_DISTRIBUTION_MODE, mode,
        MERGE_DISTRIBUTION_MODE, mode,
        UPDATE_DISTRIBUTION_MODE, mode,
        DELETE_DISTRIBUTION_MODE, mode,
        WRITE_ADVISORY_PARTITION_SIZE_BYTES, String.valueOf(task),
        WRITE_PARTITIONED_FANOUT_ENABLED, "false");
  }

  static SortOrder order(Schema schema, List<SortField> fields) {
    SortOrder.Builder order = SortOrder.builderFor(schema);
    sort(order, fields);
    return order.build();
  }

  /** Brings a table to its declaration; what is written from now on keeps to it. */
  static void evolve(TableDef definition, Table table) {
    Map<String, String> wanted = properties(definition.layout());
    if (!table.properties().entrySet().containsAll(wanted.entrySet())) {
      UpdateProperties update = table.updateProperties();
      wanted.forEach(update::set);
      update.commit();
    }
    if (!table.sortOrder().sameOrder(order(table.schema(), definition.sortBy()))) {
      ReplaceSortOrder update = table.replaceSortOrder();
      sort(update, definition.sortBy());
      update.commit();
    }
  }

  private static void sort(SortOrderBuilder<?> order, List<SortField> fields) {
    for (SortField field : fields) {
      if (field.direction() == Direction.ASC) {
        order.asc(field.column(), NullOrder.NULLS_FIRST);
      } else {
        order.desc(field.column(), NullOrder.NULLS_LAST);
      }
    }
  }
}
