package io.afp.core.lake;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.Pii;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The fields of raw rows, and the columns in which a contract has them on their way. */
final class GivenFields {

  /** A field as the source has it. */
  private static final String RAW = "__raw_";

  /** A declared field; null where its text stands for null. */
  private static final String TEXT = "__text_";

  /** What an expression gives, before it is brought to the type of its column. */
  private static final String COMPUTED = "__computed_";

  /** A value that is not written as it is. */
  private static final String PLAIN = "__plain_";

  private final RawRows raw;
  private final Map<String, DataType> types = new LinkedHashMap<>();
  private final Set<String> texts;
  private final boolean mayBeProtected;

  GivenFields(RawRows raw) {
    this.raw = raw;
    StructType schema = raw.rows().schema();
    for (StructField field : schema.fields()) {
      if (!field.name().startsWith("__")) {
        types.put(field.name(), field.dataType());
      }
    }
    this.texts =
        raw.has(RawRows.TEXTS)
            ? Set.of(((StructType) schema.apply(RawRows.TEXTS).dataType()).fieldNames())
            : Set.of();
    this.mayBeProtected = raw.has(RawRows.PROTECTED);
  }

  RawRows raw() {
    return raw;
  }

  List<String> names() {
    return List.copyOf(types.keySet());
  }

  /** The names of the fields that the source of a row had. */
  Column namesOfSource() {
    Column names =
        raw.has(RawRows.FIELDS)
            ? col(RawRows.FIELDS)
            : array(types.keySet().stream().map(name -> lit(name)).toArray(Column[]::new));
    return names.cast("array<string>");
  }

  /** Whether a column is read from a field, and the source has that. */
  boolean has(ColumnDef column) {
    return column.expr().isEmpty() && types.containsKey(column.field());
  }

  /** Whether a field may hold what is written in place of its value. */
  boolean mayBeProtected(ColumnDef column) {
    return mayBeProtected && column.protection().isKeptOut() && has(column);
  }

  boolean isText(String field) {
    return types.get(field).equals(DataTypes.StringType);
  }

  /** Whether a field has the declared type already, so that nothing is to be read. */
  boolean isOfType(ColumnDef column) {
    return types.get(column.field()).equals(type(column));
  }

  static DataType type(ColumnDef column) {
    return DataType.fromDDL(column.type().sql());
  }

  /** A field as the source has it: as a text, if the source has parsed one. */
  Column raw(String field) {
    return hasText(field) ? col(RawRows.TEXTS).getField(field) : RawRows.field(rawName(field));
  }

  /** Whether the source has parsed a text, and gives that too. */
  boolean hasText(String field) {
    return texts.contains(field);
  }

  /** The same for people: a typed value has all of its digits; in JSON a time would lose some. */
  Column shown(String field) {
    boolean isAtomic = types.get(field) instanceof AtomicType;
    boolean isBinary = types.get(field).equals(DataTypes.BinaryType);
    return isAtomic && !isBinary && !hasText(field) ? raw(field).cast("string") : raw(field);
  }

  static String rawName(String field) {
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
