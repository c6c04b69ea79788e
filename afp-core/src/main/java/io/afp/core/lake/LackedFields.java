package io.afp.core.lake;

import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.array_intersect;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_keys;
import static org.apache.spark.sql.functions.size;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.Pii;
import io.afp.core.definition.TableDef;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;

/**
 * The fields that the source of a stored reject lacked: the record of a file names only those that
 * have a value, so that it does not tell.
 *
 * @param declared the table without the columns that its source brought
 * @param had the names of the fields that the source had; null where an earlier AFP did not keep
 *     them
 * @param values of the record, by field
 */
record LackedFields(TableDef declared, Column had, Column values) {

  /** Whether the source lacked a field without which nothing is loaded. */
  Column keepOut() {
    return coalesce(size(lacking(declared::needs)).gt(0), lit(false));
  }

  /** The fields that it lacked, of which columns are null then; null where that is not known. */
  Column all() {
    return lacking(column -> column.entry().fallback().isEmpty());
  }

  /** Whether it may have lacked some, and nobody knows. */
  Column areUnknown() {
    Column without =
        exists(
            fields(column -> column.protection() != Pii.DROP),
            field -> element_at(values, field).isNull());
    return had.isNull().and(without);
  }

  /**
   * The fields of a table that its database had and that were not read, because no column was read
   * from them then; null where that is not known.
   */
  static Column unread(TableDef table, Column had, Column values) {
    return table.jdbcSource().isPresent()
        ? array_except(array_intersect(fields(table, column -> true), had), map_keys(values))
        : lit(new String[0]);
  }

  private Column lacking(Predicate<ColumnDef> of) {
    return array_except(fields(of), had);
  }

  private Column fields(Predicate<ColumnDef> of) {
    return fields(declared, of);
  }

  private static Column fields(TableDef table, Predicate<ColumnDef> of) {
    return lit(
        table.readColumns().stream().filter(of).map(ColumnDef::field).toArray(String[]::new));
  }
}
