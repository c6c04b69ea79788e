package io.afp.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** The database of the hand-written side, as the script names it in the environment. */
final class Postgres {

  private Postgres() {}

  static String url() {
    return System.getenv("HAND_URL");
  }

  static String user() {
    return System.getenv("HAND_USER");
  }

  static String password() {
    return System.getenv("HAND_PASSWORD");
  }

  static Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), user(), password());
  }

  /** The columns of a served table. */
  static String columns(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(field -> field.name() + " " + type(field.dataType()))
        .collect(Collectors.joining(", "));
  }

  private static String type(DataType type) {
    return switch (type.sql()) {
      case "STRING" -> "text";
      case "DATE" -> "date";
      case "BIGINT" -> "bigint";
      case "DOUBLE" -> "double precision";
      default -> throw new IllegalArgumentException("not served yet: " + type.sql());
    };
  }
}
