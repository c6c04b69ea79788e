package io.afp.ingestion.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Set;

/**
 * A column as the database has it.
 *
 * @param type one of {@link Types}
 * @param typeName the database's own name of the type
 * @param nullable whether it may be null, as far as the driver knows
 */
record SourceColumn(
    String name, int type, String typeName, int precision, int scale, boolean nullable) {

  private static final Set<String> ZONED = Set.of("timestamptz", "timestamp with time zone");

  /** One of the columns of a statement, counted from 1. */
  static SourceColumn of(ResultSetMetaData columns, int index) throws SQLException {
    return new SourceColumn(
        columns.getColumnLabel(index),
        columns.getColumnType(index),
        columns.getColumnTypeName(index),
        columns.getPrecision(index),
        columns.getScale(index),
        columns.isNullable(index) != ResultSetMetaData.columnNoNulls);
  }

  /** What can be done with a type. */
  enum Kind {
    INTEGER,
    DECIMAL,
    FRACTION,
    DATE,
    TIMESTAMP,
    TIMESTAMPTZ,
    TEXT,
    BOOLEAN,
    BINARY,
    OTHER;

    boolean isTime() {
      return this == DATE || this == TIMESTAMP || this == TIMESTAMPTZ;
    }

    boolean isNumber() {
      return this == INTEGER || this == DECIMAL;
    }
  }

  /** The type that a column of a table has for it; that of the database where there is none. */
  String declaredType() {
    return switch (kind()) {
      case INTEGER -> wholeNumber();
      case DECIMAL -> isBounded() ? "decimal(%d,%d)".formatted(precision, scale) : typeName;
      case FRACTION -> type == Types.REAL ? "float" : "double";
      case DATE -> "date";
      case TIMESTAMP -> "timestamp_ntz";
      case TIMESTAMPTZ -> "timestamp";
      case TEXT, OTHER -> "string";
      case BOOLEAN -> "boolean";
      case BINARY -> "binary";
    };
  }

  private String wholeNumber() {
    boolean unsigned = typeName.toUpperCase(Locale.ROOT).endsWith(" UNSIGNED");
    if (type == Types.BIGINT) {
      return unsigned ? "decimal(20,0)" : "long";
    }
    return unsigned && type == Types.INTEGER ? "long" : "int";
  }

  /** Whether a decimal has a size that tables can have, too. */
  boolean isBounded() {
    return precision >= 1 && precision <= 38 && scale >= 0 && scale <= precision;
  }

  /** Whether it is a time without a day. */
  boolean isTimeOfDay() {
    return type == Types.TIME || type == Types.TIME_WITH_TIMEZONE;
  }

  Kind kind() {
    return switch (type) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Kind.INTEGER;
      case Types.NUMERIC, Types.DECIMAL -> Kind.DECIMAL;
      case Types.REAL, Types.FLOAT, Types.DOUBLE ->
          typeName.equals("money") ? Kind.OTHER : Kind.FRACTION;
      case Types.DATE -> typeName.equals("YEAR") ? Kind.OTHER : Kind.DATE;
      case Types.TIMESTAMP ->
          ZONED.contains(typeName.toLowerCase(Locale.ROOT)) ? Kind.TIMESTAMPTZ : Kind.TIMESTAMP;
      case Types.TIMESTAMP_WITH_TIMEZONE -> Kind.TIMESTAMPTZ;
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR ->
          Kind.TEXT;
      case Types.BIT -> typeName.equals("bit") || precision > 1 ? Kind.OTHER : Kind.BOOLEAN;
      case Types.BOOLEAN -> Kind.BOOLEAN;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Kind.BINARY;
      default -> Kind.OTHER;
    };
  }
}
