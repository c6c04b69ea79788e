package io.afp.core.lake;

import io.afp.core.definition.ColumnType;
import io.afp.core.definition.EntryDef;
import io.afp.core.definition.Rounding;
import io.afp.core.definition.TextFormat;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Conditions on the form of a text, as columns. They are null of null.
 *
 * <p>It is public with its method because code that Spark generates calls it.
 */
public final class TextForms implements Serializable {

  private static final long serialVersionUID = 1L;

  private final TextFormat format;

  private TextForms(TextFormat format) {
    this.format = format;
  }

  /** Whether a text has a form. */
  public static Column has(Column text, TextFormat format) {
    return Native.call(new TextForms(format), "fits", text, DataTypes.BooleanType);
  }

  /**
   * Whether a text is a value of a type, as a source would read it.
   *
   * @param format how a number, date or time is written; empty for the usual form
   */
  public static Column parsesAs(Column text, ColumnType type, Optional<String> format) {
    return switch (type.kind()) {
      case BOOLEAN, STRING, BINARY -> Native.tryCast(text, type).isNotNull();
      default -> read(text, type, format).isNotNull();
    };
  }

  private static Column read(Column text, ColumnType type, Optional<String> format) {
    EntryDef entry =
        new EntryDef(
            Optional.empty(),
            format,
            Optional.empty(),
            Rounding.REJECT,
            Optional.empty(),
            false,
            List.of());
    return Native.call(TextReader.of(type, entry), "read", text, DataType.fromDDL(type.sql()));
  }

  /** Whether a text has the form. */
  public Boolean fits(UTF8String text) {
    return format.fits(text.toString());
  }

  /** What plans show. */
  @Override
  public String toString() {
    return format.toString();
  }
}
