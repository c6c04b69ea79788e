package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;

import io.afp.core.definition.ColumnType;
import io.afp.core.drift.SourceColumns;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Rows as a source gave them: each field a text, or typed where the source knows types. A text is
 * parsed by the {@link Contract}; a typed value that has no place in the declared type rejects its
 * row as a wrong text does. A source that parses texts itself gives typed fields, of those that are
 * not declared their texts, and says of each that it could not parse why.
 *
 * @param rows has a column {@link #FILE}, a column {@link #MALFORMED} (the text of a record that
 *     could not be split into fields, else null), and one column for each field; it may have {@link
 *     #LINE}, {@link #OFFSET}, {@link #RECORD}, {@link #REASONS}, {@link #TEXTS}, {@link
 *     #PROTECTED} and {@link #FIELDS}; other names that begin with two underscores are none of the
 *     record
 * @param unit the columns with the bounds of the interval that the file of a row stands for; empty
 *     without intervals
 */
public record RawRows(Dataset<Row> rows, Optional<UnitColumns> unit) {

  /** The column with the address of the file. */
  public static final String FILE = "__file";

  /** The column with the text of a record that could not be split into fields. */
  public static final String MALFORMED = "__malformed";

  /** The column with the line of the file, from 1, in which the record begins; null if unknown. */
  public static final String LINE = "__line";

  /** The column with the byte of the file, from 0, at which the record begins; null if unknown. */
  public static final String OFFSET = "__offset";

  /** The column with the text of a record, where it is not that of its fields. */
  public static final String RECORD = "__record";

  /**
   * The column with what is wrong with fields, as it was found by who parsed them: an array of
   * (column, reason, words, value), null or empty if nothing is. Such a field is null, does not get
   * its default, and nothing else is said of it. A value is the text as the file has it: the
   * contract hides what is not shown.
   */
  public static final String REASONS = "__reasons";

  /**
   * The column with the texts of the fields as the file has them, where the fields are typed: a
   * struct of strings, null where a field is empty. In such rows a field is null if its text stands
   * for null. Only rejects have to do with it, so a source computes it for those who ask for it.
   */
  public static final String TEXTS = "__texts";

  /**
   * The column that says whether the fields of personal values hold what is written in their place,
   * or nothing where they are dropped. Such values obeyed when they were replaced; a row with one
   * that did not can't be given again.
   */
  public static final String PROTECTED = "__protected";

  /**
   * The column with the names of the fields that the source of a row had, an array, where the rows
   * have others; null where that is not known.
   */
  public static final String FIELDS = "__fields";

  /** A field by its name, whatever the source calls it. */
  public static Column field(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  /** Its fields, for their comparison with those that are declared. */
  public List<SourceColumns.Column> fields() {
    return fields(rows.schema());
  }

  /** The fields of rows with this schema. */
  public static List<SourceColumns.Column> fields(StructType schema) {
    return Arrays.stream(schema.fields())
        .filter(field -> !field.name().startsWith("__"))
        .map(field -> new SourceColumns.Column(field.name(), type(field.dataType())))
        .toList();
  }

  private static String type(DataType type) {
    String name = type.simpleString();
    return ColumnType.parse(name).map(ColumnType::toString).orElse(name);
  }

  /** The names of the columns with the bounds of a unit, in the type of the interval column. */
  public record UnitColumns(String start, String end) {

    /** How sources call them. */
    public static final UnitColumns USUAL = new UnitColumns("__start", "__end");
  }

  /** The same rows, each with the bounds of the unit to which it belongs. */
  public RawRows within(Column start, Column end) {
    Dataset<Row> bounded =
        rows.withColumn(UnitColumns.USUAL.start(), start).withColumn(UnitColumns.USUAL.end(), end);
    return new RawRows(bounded, Optional.of(UnitColumns.USUAL));
  }

  /** Those of the columns about a record that these rows need not have, and do. */
  List<String> more() {
    return Stream.of(LINE, OFFSET, RECORD, REASONS, TEXTS, PROTECTED, FIELDS)
        .filter(this::has)
        .toList();
  }

  boolean has(String column) {
    return List.of(rows.columns()).contains(column);
  }
}
