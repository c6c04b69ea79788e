package io.afp.ingestion.jdbc;

import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/**
 * How databases make a number of all values of a row: a hash of the hashes of the values, each by
 * its bytes or by a text that does not depend on settings of the session. So no value can be taken
 * for a part of another one, and no text gets long.
 */
enum RowHash {
  MYSQL("SHA2(%s, 256)", "CAST(CONV(LEFT(SHA2(%s, 256), 15), 16, 10) AS DECIMAL(20))") {
    @Override
    String hash(SourceColumn column, String name) {
      boolean isFraction = column.kind() == SourceColumn.Kind.FRACTION; // else six digits of it
      return hash("CAST(%s AS BINARY)".formatted(isFraction ? name + " + 0e0" : name));
    }

    @Override
    String joined(List<String> texts) {
      return "CONCAT(%s)".formatted(String.join(", ", texts));
    }
  },

  SQL_SERVER(
      "CONVERT(char(64), HASHBYTES('SHA2_256', %s), 2)",
      "CAST(CONVERT(bigint, SUBSTRING(HASHBYTES('SHA2_256', %s), 1, 8)) AS decimal(38, 0))") {
    @Override
    String hash(SourceColumn column, String name) {
      return hash(
          column.kind() == SourceColumn.Kind.BINARY
              ? "CONVERT(varbinary(max), %s)".formatted(name)
              : "CONVERT(nvarchar(max), %s, %d)".formatted(name, style(column)));
    }

    /** The style of a conversion that loses nothing, and is the same in all languages. */
    private static int style(SourceColumn column) {
      if (column.typeName().matches("(small)?date.*|time")) {
        return 121;
      }
      if (column.kind() == SourceColumn.Kind.FRACTION) {
        return 3;
      }
      return column.typeName().endsWith("money") ? 2 : 0;
    }

    @Override
    String joined(List<String> texts) {
      return String.join(" + ", texts);
    }
  },

  ORACLE(
      "RAWTOHEX(STANDARD_HASH(%s, 'SHA256'))",
      "TO_NUMBER(SUBSTR(RAWTOHEX(STANDARD_HASH(%s, 'SHA256')), 1, 15), 'XXXXXXXXXXXXXXX')") {
    /** Only the length of a large object, which no right to use a package is needed for. */
    @Override
    String hash(SourceColumn column, String name) {
      boolean isLarge = List.of(Types.CLOB, Types.NCLOB, Types.BLOB).contains(column.type());
      return hash(isLarge ? "DBMS_LOB.GETLENGTH(%s)".formatted(name) : name);
    }
  },

  H2(
      "RAWTOHEX(HASH('SHA-256', %s))",
      "CAST(SUBSTRING(HASH('SHA-256', %s) FROM 1 FOR 8) AS BIGINT)") {
    @Override
    String hash(SourceColumn column, String name) {
      boolean isWhole =
          switch (column.kind()) {
            case TEXT, BINARY -> true;
            default -> column.type() == Types.CLOB;
          };
      return hash(isWhole ? name : "CAST(%s AS VARCHAR)".formatted(name));
    }
  },

  DUCK_DB("md5(%s)", "md5_number_lower(%s)") {
    @Override
    String hash(SourceColumn column, String name) {
      return hash(
          column.kind() == SourceColumn.Kind.TIMESTAMPTZ // whose text is in the zone of the session
              ? "CASE WHEN isfinite(%1$s) THEN CAST(epoch_us(%1$s) AS VARCHAR) ELSE CAST(%1$s AS VARCHAR) END"
                  .formatted(name)
              : "CAST(%s AS VARCHAR)".formatted(name));
    }
  };

  /** So many hashes are a text of any database: 4000 bytes is the least that one takes. */
  private static final int AT_ONCE = 50;

  private final String hash;
  private final String number;

  RowHash(String hash, String number) {
    this.hash = hash;
    this.number = number;
  }

  /** A whole number of a row with these columns, of at most 64 bits. */
  final String of(Dialect dialect, List<SourceColumn> columns) {
    List<String> hashes =
        columns.stream()
            .map(column -> "COALESCE(%s, '-')".formatted(hash(column, dialect.quoted(column))))
            .toList();
    while (hashes.size() > AT_ONCE) {
      hashes = together(hashes);
    }
    return number(hashes.size() == 1 ? hashes.get(0) : joined(hashes));
  }

  private List<String> together(List<String> hashes) {
    List<String> groups = new ArrayList<>();
    for (int from = 0; from < hashes.size(); from += AT_ONCE) {
      groups.add(hash(joined(hashes.subList(from, Math.min(from + AT_ONCE, hashes.size())))));
    }
    return groups;
  }

  /** The hash of a value, as a text; null for null. */
  abstract String hash(SourceColumn column, String name);

  /** The hash of a text, as a text. */
  final String hash(String text) {
    return hash.formatted(text);
  }

  /** The first bits of the hash of a text, as a whole number. */
  final String number(String text) {
    return number.formatted(text);
  }

  String joined(List<String> texts) {
    return String.join(" || ", texts);
  }
}
