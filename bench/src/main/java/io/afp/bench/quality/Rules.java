package io.afp.bench.quality;

import static io.afp.core.definition.CheckBuilder.between;
import static io.afp.core.definition.CheckBuilder.in;
import static io.afp.core.definition.CheckBuilder.length;
import static io.afp.core.definition.CheckBuilder.matches;
import static io.afp.core.definition.CheckBuilder.required;
import static io.afp.core.definition.CheckBuilder.sql;

import io.afp.bench.ingest.Copy;
import io.afp.core.definition.CheckBuilder;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Twenty rules about lineitem, as AFP declares them and as Deequ is given them. */
final class Rules {

  static final TableName CHECKED = new TableName("quality", "checked");
  static final TableName PLAIN = new TableName("quality", "plain");
  static final List<String> KEY = List.of("l_orderkey", "l_linenumber");

  /** Columns that are never null. */
  static final List<String> COMPLETE =
      List.of("l_orderkey", "l_partkey", "l_suppkey", "l_linenumber", "l_quantity", "l_shipdate");

  /**
   * A rule about a column.
   *
   * @param predicate the same in SQL
   */
  private record OfColumn(String column, CheckBuilder check, String predicate) {}

  private static final Map<String, String> OF_ROWS =
      Map.of(
          "received", "l_receiptdate > l_shipdate", "dear", "l_extendedprice >= l_quantity * 900");

  private Rules() {}

  private static List<OfColumn> ofColumns() {
    return List.of(
        range("l_quantity", "1", "50"),
        range("l_discount", "0", "0.1"),
        range("l_tax", "0", "0.08"),
        range("l_linenumber", "1", "7"),
        range("l_extendedprice", "0", "200000"),
        new OfColumn(
            "l_shipdate",
            between("1992-01-01", "1998-12-31"),
            "l_shipdate >= DATE '1992-01-01' AND l_shipdate <= DATE '1998-12-31'"),
        set("l_returnflag", "A", "N", "R"),
        set("l_linestatus", "O", "F"),
        set("l_shipmode", "AIR", "FOB", "MAIL", "RAIL", "REG AIR", "SHIP", "TRUCK"),
        set("l_shipinstruct", "COLLECT COD", "DELIVER IN PERSON", "NONE", "TAKE BACK RETURN"),
        new OfColumn("l_shipmode", matches("[A-Z ]+"), "l_shipmode RLIKE '^(?:[A-Z ]+)$'"),
        new OfColumn("l_comment", length(1, 44), "length(l_comment) BETWEEN 1 AND 44"));
  }

  private static OfColumn range(String column, String min, String max) {
    return new OfColumn(
        column, between(min, max), "%s >= %s AND %1$s <= %3$s".formatted(column, min, max));
  }

  private static OfColumn set(String column, String... values) {
    return new OfColumn(
        column, in(values), "%s IN ('%s')".formatted(column, String.join("', '", values)));
  }

  /** The table that is judged by all of them. */
  static TableDef checked() {
    return builder().build();
  }

  private static TableBuilder builder() {
    TableBuilder table = TableDef.named(CHECKED.toString()).inJava();
    Copy.CLEAN
        .columns()
        .forEach(
            (column, type) ->
                table.column(
                    column,
                    type,
                    c -> {
                      if (COMPLETE.contains(column)) {
                        c.check(required());
                      }
                      ofColumns().stream()
                          .filter(rule -> rule.column().equals(column))
                          .forEach(rule -> c.check(rule.check()));
                      return c;
                    }));
    OF_ROWS.forEach((name, predicate) -> table.check(sql(predicate).named(name)));
    return table;
  }

  /** The same with a compound key. */
  static TableDef keyed() {
    return builder().key(KEY.toArray(String[]::new)).build();
  }

  /** The table that nothing is asked of. */
  static TableDef plain() {
    TableBuilder table = TableDef.named(PLAIN.toString()).inJava();
    Copy.CLEAN.columns().forEach(table::column);
    return table.build();
  }

  /** The rules about values and rows in SQL, but for those of {@link #COMPLETE}. */
  static List<String> predicates() {
    return Stream.concat(ofColumns().stream().map(OfColumn::predicate), OF_ROWS.values().stream())
        .toList();
  }
}
