package io.afp.core.lake;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.EntryDef;
import io.afp.core.definition.NumberPattern;
import io.afp.core.definition.Rounding;
import io.afp.core.definition.TimePattern;
import java.io.Serializable;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.util.StringUtils;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Reads a text as a value of its column, once and strictly: nothing is cut or guessed, and rounded
 * only where that is declared. Where a cast of Spark does that it is taken; else our own code reads
 * the bytes, which is also several times faster than Spark's.
 *
 * <p>It is public for parsers that give typed rows, and because code that Spark generates calls it.
 * One reader belongs to one thread at a time.
 */
public final class TextReader implements Serializable {

  private static final long serialVersionUID = 1L;

  private final ColumnType.Kind kind;
  private final int precision;
  private final int scale;
  private final String format;
  private final ZoneId zone;
  private final Rounding rounding;
  private transient Function<UTF8String, Object> reader;

  private TextReader(ColumnType type, EntryDef entry) {
    this.kind = type.kind();
    this.precision = type.precision();
    this.scale = type.scale();
    this.format = entry.format().orElse(null);
    this.zone = entry.zone().orElse(ZoneOffset.UTC);
    this.rounding = entry.rounding();
  }

  /** The reader of the texts of a column, of any type. */
  public static TextReader of(ColumnDef column) {
    return of(column.type(), column.entry());
  }

  /** The reader of texts of a type, of any one. */
  public static TextReader of(ColumnType type, EntryDef entry) {
    return new TextReader(type, entry);
  }

  /** The value of a text; null where the text is none, and of null. */
  static Column value(ColumnDef column, Column text) {
    ColumnType type = column.type();
    return isCast(column)
        ? Native.tryCast(text, type)
        : Native.call(of(column), "read", text, GivenFields.type(column));
  }

  private static boolean isCast(ColumnDef column) {
    return switch (column.type().kind()) {
      case BOOLEAN, STRING, BINARY -> true;
      case INT, LONG -> column.entry().format().isEmpty();
      default -> false;
    };
  }

  /**
   * The value as Spark holds it inside; null where the text is none.
   *
   * @param text not null; a value of a string column is this very object
   */
  public Object read(UTF8String text) {
    if (reader == null) {
      reader = reader();
    }
    return reader.apply(text);
  }

  private Function<UTF8String, Object> reader() {
    return switch (kind) {
      case DATE -> time()::days;
      case TIMESTAMP -> time()::micros;
      case TIMESTAMP_NTZ -> time()::localMicros;
      case INT -> format == null ? whole(UTF8String::toIntExact) : number()::ofInt;
      case LONG -> format == null ? whole(UTF8String::toLongExact) : number()::ofLong;
      case FLOAT -> number()::ofFloat;
      case DOUBLE -> number()::ofDouble;
      case DECIMAL -> decimal();
      case BOOLEAN -> TextReader::truth;
      case STRING -> text -> text;
      case BINARY -> UTF8String::getBytes;
    };
  }

  /** As a cast of Spark does it. */
  private static Function<UTF8String, Object> whole(Function<UTF8String, Object> cast) {
    return text -> {
      try {
        return cast.apply(text);
      } catch (NumberFormatException e) {
        return null;
      }
    };
  }

  private static Boolean truth(UTF8String text) {
    if (StringUtils.isTrueString(text)) {
      return true;
    }
    return StringUtils.isFalseString(text) ? false : null;
  }

  private Function<UTF8String, Object> decimal() {
    NumberReader number = number();
    DecimalReader decimal = new DecimalReader(precision, scale, rounding);
    return text -> {
      UTF8String plain = number.plain(text);
      return plain == null ? null : decimal.read(plain);
    };
  }

  private TimeReader time() {
    return new TimeReader(Optional.ofNullable(format).map(TimePattern::new), zone);
  }

  private NumberReader number() {
    return new NumberReader(Optional.ofNullable(format).map(NumberPattern::new));
  }

  /** What plans show. */
  @Override
  public String toString() {
    return kind + (format == null ? "" : " " + format);
  }
}
