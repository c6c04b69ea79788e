package io.afp.core.lake;

import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.PartitionField;
import io.afp.core.definition.PartitionField.Transform;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The table beside a table that keeps what was observed and can't be seen in the table itself. */
final class Observed {

  private final SparkSession session;
  private final LakeTables tables;
  private final TableDef definition;
  private final TableName name;
  private final List<PartitionField> ofKey;
  private final Map<String, String> properties;

  /**
   * The table beside {@code table}; it may not be there yet.
   *
   * @param properties recorded in the summary of each snapshot
   */
  Observed(SparkSession session, TableDef table, Map<String, String> properties) {
    this.session = session;
    this.tables = new LakeTables(session);
    this.definition = table;
    this.name = table.name().observed();
    this.ofKey =
        table.partitionBy().stream().filter(f -> table.key().contains(f.column())).toList();
    this.properties = properties;
  }

  /** Its rows; empty when nothing was observed yet. */
  Optional<Dataset<Row>> rows() {
    return tables
        .find(name)
        .filter(table -> !LakeTables.isEmpty(table))
        .map(table -> session.table(name.toString()));
  }

  /**
   * Whether the statistics of its files say that no row obeys a condition; false where they can't
   * tell. Nothing is read.
   */
  boolean hasSurelyNone(Column condition) {
    return new FileStatistics(session, name, tables.find(name).orElseThrow())
        .haveSurelyNone(condition);
  }

  /**
   * Adds rows; the first ones create it, divided like the table where that follows the key, and by
   * months of a column if one is named.
   */
  void append(Dataset<Row> rows, Optional<String> months) {
    Table table = ensure(rows.schema(), months);
    LakeErrors.run(name, () -> writer(rows, table).append());
  }

  /** Has exactly these rows from now on. */
  void replace(Dataset<Row> rows) {
    Table table = ensure(rows.schema(), Optional.empty());
    LakeErrors.run(name, () -> writer(rows, table).overwrite(lit(true)));
  }

  /** Brings changes in. */
  void merge(Changes changes) {
    Table table = ensure(changes.written().schema(), Optional.empty());
    new Merge(session, properties).apply(name, table, changes);
  }

  /** Takes rows out. */
  void delete(Column condition) {
    new Merge(session, properties).delete(name, condition);
  }

  private Table ensure(StructType columns, Optional<String> months) {
    Schema schema = IcebergTypes.nullable(SparkSchemaUtil.convert(columns));
    PartitionSpec spec = IcebergTypes.spec(schema, partitions(schema, months));
    Optional<Table> found = tables.find(name);
    found.ifPresent(table -> mend(new SchemaChange(name, table, schema, spec, Set.of())));
    return found.orElseGet(() -> tables.create(name, schema, spec));
  }

  private void mend(SchemaChange change) {
    LakeTables.makeSafe(name, change.table());
    if (LakeTables.isEmpty(change.table())) {
      change.force();
    } else {
      change.mend(definition);
    }
  }

  private List<PartitionField> partitions(Schema schema, Optional<String> months) {
    Stream<PartitionField> inTime =
        months.stream().map(column -> new PartitionField(Transform.MONTH, column, 0));
    Stream<PartitionField> byKey =
        ofKey.stream()
            .filter(f -> schema.findField(f.column()) != null)
            .filter(f -> months.filter(f.column()::equals).isEmpty());
    return Stream.concat(inTime, byKey).toList();
  }

  private DataFrameWriterV2<Row> writer(Dataset<Row> rows, Table table) {
    WriteTasks tasks = new WriteTasks(session, name, table);
    return tasks.writer(tasks.of(rows), properties);
  }
}
