package io.afp.quality;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.Literals;
import io.afp.core.definition.TableDef;
import java.util.List;
import org.apache.spark.sql.Column;

/** Texts by which the values of a column are told apart. They are null of null. */
record Categories(Column value, ColumnType type) {

  /** Longer texts are told apart by a hash: what is counted is kept in the ledger. */
  private static final int LONGEST = 100;

  static Categories of(TableDef table, CheckDef check) {
    return of(table, check.column().orElseThrow());
  }

  static Categories of(TableDef table, String column) {
    return new Categories(Predicates.column(column), table.column(column).orElseThrow().type());
  }

  /**
   * The number of the literal that a value equals, by which values are compared as values.
   *
   * @param other what all others are
   */
  Column among(List<String> literals, Column other) {
    Column which = when(value.isNull(), lit(null));
    for (int i = 0; i < literals.size(); i++) { // all in one CASE: Spark descends into others
      which = which.when(value.equalTo(literal(literals.get(i))), lit(Integer.toString(i)));
    }
    return which.otherwise(other);
  }

  private Column literal(String text) {
    return expr(Literals.sql(type, text));
  }

  /** The value itself, as far as it is short. */
  Column text() {
    Column text =
        switch (type.kind()) {
          case BINARY -> hex(value);
          case FLOAT, DOUBLE -> value.plus(lit(0)).cast("string"); // -0.0 is 0.0
          default -> value.cast("string");
        };
    return when(length(text).leq(LONGEST), text)
        .when(text.isNotNull(), concat(lit("sha256:"), sha2(text.cast("binary"), 256)));
  }
}
