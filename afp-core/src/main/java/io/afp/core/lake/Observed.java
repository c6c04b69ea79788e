package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.TableName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.CommitMetadata;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Types;
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
  private final TableName name;
  private final Map<String, String> properties;

  /**
   * The table beside {@code table}; it may not be there yet.
   *
   * @param properties recorded in the summary of each snapshot
   */
  Observed(SparkSession session, TableName table, Map<String, String> properties) {
    this.session = session;
    this.tables = new LakeTables(session);
    this.name = table.observed();
    this.properties = properties;
  }

  /** Its rows; empty when nothing was observed yet. */
  Optional<Dataset<Row>> rows() {
    return tables.find(name).map(table -> session.table(name.toString()));
  }

  /** Adds rows; the first ones create it, by months of a column if one is named. */
  void append(Dataset<Row> rows, Optional<String> months) {
    Table table = ensure(rows.schema(), months);
    LakeErrors.run(name, () -> writer(complete(rows, table), table).append());
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
    String sql = "DELETE FROM %s WHERE %s".formatted(name, condition.expr().sql());
    LakeErrors.run(
        name,
        () ->
            CommitMetadata.withCommitProperties(
                properties, () -> session.sql(sql), RuntimeException.class));
  }

  private Table ensure(StructType columns, Optional<String> months) {
    Schema schema = nullable(SparkSchemaUtil.convert(columns));
    return tables
        .find(name)
        .map(table -> widened(table, schema))
        .orElseGet(() -> create(schema, months));
  }

  private Table create(Schema schema, Optional<String> months) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    months.ifPresent(spec::month);
    return tables.create(name, schema, spec.build());
  }

  private static Schema nullable(Schema schema) {
    return new Schema(schema.columns().stream().map(Types.NestedField::asOptional).toList());
  }

  /** A column that the table beside has got since. */
  private static Table widened(Table table, Schema wanted) {
    if (!table.schema().sameSchema(wanted)) {
      table.updateSchema().unionByNameWith(wanted).commit();
    }
    return table;
  }

  /** A column that the table beside does not have any more is null in new rows. */
  private static Dataset<Row> complete(Dataset<Row> rows, Table table) {
    List<String> given = Arrays.asList(rows.columns());
    return rows.select(
        Arrays.stream(SparkSchemaUtil.convert(table.schema()).fields())
            .map(
                field ->
                    given.contains(field.name())
                        ? col(field.name())
                        : lit(null).cast(field.dataType()).as(field.name()))
            .toArray(Column[]::new));
  }

  private DataFrameWriterV2<Row> writer(Dataset<Row> rows, Table table) {
    WriteTasks tasks = new WriteTasks(session, name, table);
    return tasks.writer(tasks.of(rows), properties);
  }
}
