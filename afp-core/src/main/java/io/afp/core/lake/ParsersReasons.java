package io.afp.core.lake;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.Pii;
import io.afp.core.definition.TableDef;
import org.apache.spark.sql.Column;

/**
 * What is wrong with fields by the word of the source that parsed them: {@link RawRows#REASONS}.
 */
record ParsersReasons(TableDef table) {

  /** Whether there is something. */
  static Column any() {
    return col(RawRows.REASONS).isNotNull().and(size(col(RawRows.REASONS)).gt(0));
  }

  /** Whether a row is bad for another reason, or by the word of who parsed it. */
  static Column or(RawRows raw, Column bad) {
    return raw.has(RawRows.REASONS) ? bad.or(any()) : bad;
  }

  /** Whether there is something about a column. */
  static Column of(ColumnDef column) {
    return isAbout(lit(column.name()));
  }

  private static Column isAbout(Column name) {
    return coalesce(array_contains(col(RawRows.REASONS).getField("column"), name), lit(false));
  }

  /**
   * Its reasons as they are kept, and those of other columns that the contract found, in the order
   * in which the contract would have found them all.
   */
  Column with(Column ofContract) {
    Column others = filter(ofContract, reason -> not(isAbout(reason.getField("column"))));
    Column told = coalesce(transform(col(RawRows.REASONS), this::told), array());
    return array_sort(concat(told, others), (a, b) -> place(a).minus(place(b)));
  }

  /** Of a reason: what is wrong or missing goes by its column, and before all others. */
  private Column place(Column reason) {
    Column[] names = table.sourceColumns().stream().map(c -> lit(c.name())).toArray(Column[]::new);
    Column ofColumn = array_position(array(names), reason.getField("column")).cast("int");
    return when(reason.getField("reason").isin("type", "required"), ofColumn)
        .otherwise(lit(names.length + 1));
  }

  private Column told(Column reason) {
    Column value =
        when(reason.getField("column").isin(keptOut()), Pii.HIDDEN)
            .otherwise(reason.getField("value"));
    return struct(
        reason.getField("column").as("column"),
        reason.getField("reason").as("reason"),
        value.as("value"),
        ReasonWords.sentence(reason.getField("words"), value).as("message"));
  }

  private Object[] keptOut() {
    return table.sourceColumns().stream()
        .filter(column -> column.protection().isKeptOut())
        .map(ColumnDef::name)
        .toArray();
  }
}
