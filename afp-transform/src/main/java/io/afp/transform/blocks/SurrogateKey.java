package io.afp.transform.blocks;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.format_number;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * One column that stands for several: 32 hexadecimal digits that are the same wherever and whenever
 * they are computed.
 *
 * <pre>{@code
 * flights.withColumn("flight_key", SurrogateKey.of(flights.schema(), "carrier", "flight", "day"))
 * }</pre>
 *
 * <p>It is the first half of the SHA-256 of a text that has one part for each column, in the given
 * order. Null is {@code -}; every other value is a letter, the number of bytes that follow the
 * colon, a colon and the value:
 *
 * <table>
 *   <caption>Parts of the text</caption>
 *   <tr><td>{@code s}<td>string<td>as it is, in UTF-8
 *   <tr><td>{@code n}<td>integer, decimal<td>plain digits, no zeros behind the point, so that
 *       {@code 1} as int, as bigint and as {@code decimal(9,2)} are one
 *   <tr><td>{@code b}<td>boolean<td>{@code true}, {@code false}
 *   <tr><td>{@code d}<td>date<td>days since 1970-01-01
 *   <tr><td>{@code t}<td>timestamp<td>microseconds since 1970-01-01 in UTC
 *   <tr><td>{@code l}<td>timestamp_ntz<td>microseconds since 1970-01-01 on the same clock
 *   <tr><td>{@code x}<td>binary<td>hexadecimal, in capitals
 * </table>
 *
 * <p>Because each part says where it ends, two different lists of values never give one text: not
 * {@code (a, bc)} and {@code (ab, c)}, not null and an empty string, not {@code 1} and {@code "1"}.
 * Nothing depends on the zone or the settings of the session, nor on a format of Java. A float has
 * no such text and is refused.
 *
 * <p>Two lists can still have one key by chance. Among n keys that happens with a probability of
 * about n²/2¹²⁹: for a billion keys less than one in 10²⁰. It is no protection: who knows the
 * values can compute the key.
 */
public final class SurrogateKey {

  private static final int DIGITS = 32;

  private SurrogateKey() {}

  /**
   * The key of some columns; never null.
   *
   * @param schema that of the rows that have the columns
   * @throws IllegalArgumentException if there is no such column, or one of a type without a text
   */
  public static Column of(StructType schema, String... columns) {
    Column[] parts =
        Fields.key(columns).stream()
            .map(column -> part(Fields.find(schema, column)))
            .toArray(Column[]::new);
    return substring(sha2(concat(parts).cast("binary"), 256), 1, DIGITS);
  }

  private static Column part(StructField field) {
    Column text = text(Fields.named(field.name()), field);
    Column length = octet_length(text).cast("string");
    return coalesce(concat(lit(letter(field)), length, lit(":"), text), lit("-"));
  }

  private static String letter(StructField field) {
    DataType type = field.dataType();
    if (type instanceof StringType) {
      return "s";
    } else if (type instanceof IntegralType || type instanceof DecimalType) {
      return "n";
    } else if (type instanceof BooleanType) {
      return "b";
    } else if (type instanceof DateType) {
      return "d";
    } else if (type instanceof TimestampType) {
      return "t";
    } else if (type instanceof TimestampNTZType) {
      return "l";
    } else if (type instanceof BinaryType) {
      return "x";
    }
    throw new IllegalArgumentException(
        "Cannot make a key of column %s: its values have no single text (type=%s). Cast it to a decimal or a string"
            .formatted(field.name(), type.sql()));
  }

  private static Column text(Column value, StructField field) {
    DataType type = field.dataType();
    if (type instanceof BooleanType) {
      return when(value, "true").when(value.equalTo(false), "false");
    } else if (type instanceof DateType) {
      return unix_date(value).cast("string");
    } else if (Micros.isTime(type)) {
      return Micros.since1970(value, type).cast("string");
    } else if (type instanceof BinaryType) {
      return hex(value);
    }
    return type instanceof DecimalType decimal && decimal.scale() > 0
        ? plain(value, decimal)
        : value.cast("string");
  }

  /** A cast to string would write small numbers with an exponent, or not, by a setting. */
  private static Column plain(Column value, DecimalType type) {
    Column digits = translate(format_number(value, type.scale()), ",", "");
    return regexp_replace(digits, "\\.?0+$", "");
  }
}
