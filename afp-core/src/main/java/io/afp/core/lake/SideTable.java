package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;

import io.afp.core.definition.TableName;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table beside another one, such as the rejects of a source. It has the columns of the rows that
 * are written to it; columns that a later AFP writes are added, those that it has keep their types.
 */
final class SideTable {

  private final SparkSession session;
  private final TableName name;
  private final LakeTables tables;
  private final Map<String, String> properties;

  /**
   * A table that may not be there yet.
   *
   * @param properties recorded in the summary of each snapshot
   */
  SideTable(SparkSession session, TableName name, Map<String, String> properties) {
    this.session = session;
    this.name = name;
    this.tables = new LakeTables(session);
    this.properties = properties;
  }

  /**
   * Replaces rows of it, and creates it first where there is none.
   *
   * @param filter which rows the new ones replace
   * @param part the column whose values the filter tells apart: a part of a file can't be replaced
   */
  Table replace(Dataset<Row> rows, Column filter, String part) {
    return write(rows, part, writer -> writer.overwrite(filter));
  }

  /** Adds rows to it, and creates it first where there is none. */
  Table append(Dataset<Row> rows, String part) {
    return write(rows, part, DataFrameWriterV2::append);
  }

  /** How rows get in. */
  private interface Way {
    void write(DataFrameWriterV2<Row> writer) throws AnalysisException;
  }

  private Table write(Dataset<Row> rows, String part, Way way) {
    Table table =
        tables.find(name).map(found -> extended(found, rows)).orElseGet(() -> create(rows, part));
    WriteTasks tasks = new WriteTasks(session, name, table);
    Dataset<Row> fitting = tasks.of(rows.select(columns(table, rows)));
    LakeErrors.run(name, () -> way.write(tasks.writer(fitting, properties)));
    table.refresh();
    return table;
  }

  /**
   * Takes rows out, whole files at a time: nothing is read.
   *
   * @return whether there were any
   */
  boolean delete(Column filter) {
    Optional<Table> found =
        tables
            .find(name)
            .filter(table -> !new FileStatistics(session, name, table).haveSurelyNone(filter));
    found.ifPresent(table -> new Merge(session, properties).delete(name, filter));
    return found.isPresent();
  }

  private Table create(Dataset<Row> rows, String part) {
    Schema schema = schema(rows);
    return tables.create(name, schema, PartitionSpec.builderFor(schema).identity(part).build());
  }

  private static Table extended(Table table, Dataset<Row> rows) {
    Schema fitting = schema(rows.select(columns(table, rows)));
    table.updateSchema().unionByNameWith(fitting).commit();
    return table;
  }

  private static Schema schema(Dataset<Row> rows) {
    return IcebergTypes.nullable(SparkSchemaUtil.convert(rows.schema()));
  }

  /** A value that is not nested gets the type that its column has; null where it has no place. */
  private static Column[] columns(Table table, Dataset<Row> rows) {
    return Stream.of(rows.columns()).map(name -> column(table, name)).toArray(Column[]::new);
  }

  private static Column column(Table table, String name) {
    Types.NestedField field = table.schema().findField(name);
    return field == null || field.type().isNestedType()
        ? col(name)
        : col(name).cast(SparkSchemaUtil.convert(field.type())).as(name);
  }
}
