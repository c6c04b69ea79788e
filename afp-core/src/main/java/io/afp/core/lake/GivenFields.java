package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.Pii;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The fields of raw rows, and the columns in which a contract has them on their way. */
record GivenFields(RawRows raw) {

  /** A field as the source has it. */
  private static final String RAW = "__raw_";

  /** A declared field; null where its text stands for null. */
  private static final String TEXT = "__text_";

  /** What an expression gives, before it is brought to the type of its column. */
  private static final String COMPUTED = "__computed_";

  /** A value that is not written as it is. */
  private static final String PLAIN = "__plain_";

  List<String> names() {
    return Arrays.stream(raw.rows().columns()).filter(c -> !c.startsWith("__")).toList();
  }

  /** Whether a column is read from a field, and the source has that. */
  boolean has(ColumnDef column) {
    return column.expr().isEmpty() && names().contains(column.name());
  }

  DataType type(String field) {
    return raw.rows().schema().apply(field).dataType();
  }

  boolean isText(String field) {
    return type(field).equals(DataTypes.StringType);
  }

  /** A field by its name, whatever the source calls it. */
  static Column named(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  static String raw(String field) {
    return RAW + field;
  }

  static String text(ColumnDef column) {
    return TEXT + column.name();
  }

  static String computed(ColumnDef column) {
    return COMPUTED + column.name();
  }

  /** The column with the value that the rules judge. */
  static String plain(ColumnDef column) {
    return column.protection().isKeptOut() ? PLAIN + column.name() : column.name();
  }

  /** Whether something else is written in place of the value. */
  static boolean isReplaced(ColumnDef column) {
    return column.protection() == Pii.HASH || column.protection() == Pii.MASK;
  }
}
