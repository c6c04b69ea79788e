package io.afp.bench.transform;

import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tables that changes are merged into: the lineitems of TPC-H by their key, with a time and a
 * flag, in partitions of half a million orders.
 */
record MergeData(double scale) {

  static final String CHANGES = "stage.changes";
  static final String UPSERTED = "core.upserted";
  static final String QUARTER = "core.upserted_quarter";
  static final String HALF = "core.upserted_half";
  static final String HISTORY = "core.history";

  private static final String TIME = "l_updated";
  private static final String FLAG = "l_deleted";

  /** The columns of the changes and of the tables, with their types. */
  static Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>(TpchTables.columns("lineitem"));
    columns.put(TIME, "timestamp");
    columns.put(FLAG, "boolean");
    return columns;
  }

  /** The table that the models read. */
  static TableDef changes() {
    TableBuilder builder = TableDef.named(CHANGES).inJava();
    columns().forEach(builder::column);
    return builder.build();
  }

  /** The pipeline: the same rows upserted into tables of three sizes, and as history. */
  PipelineDef pipeline() {
    return PipelineDef.named("merges")
        .table(merged(UPSERTED, 1).upsert(TIME))
        .table(merged(HALF, 0.5).upsert(TIME))
        .table(merged(QUARTER, 0.25).upsert(TIME))
        .table(merged(HISTORY, 1).scd2(TIME))
        .build();
  }

  private TableBuilder merged(String name, double share) {
    TableBuilder builder =
        TableDef.named(name)
            .sql(
                "SELECT * FROM %s WHERE l_orderkey <= %d"
                    .formatted(CHANGES, share == 1 ? Long.MAX_VALUE : order(share)))
            .key("l_orderkey", "l_linenumber")
            .partitionBy("truncate(%d, l_orderkey)".formatted(order(1 / 12.0)))
            .deleteFlag(FLAG);
    columns().forEach(builder::column);
    return builder;
  }

  /** The number of the order up to which a share of all orders lies. */
  long order(double share) {
    return Math.round(6_000_000 * scale * share);
  }

  /** All lineitems as they were first. */
  static String first() {
    return "SELECT *, CAST(l_shipdate AS timestamp) AS l_updated, false AS l_deleted FROM tpch.lineitem";
  }

  /** One percent of all rows, all of them of the newest tenth of the orders; and new orders. */
  String recent() {
    return changed("l_orderkey > " + order(0.9), 10) + " UNION ALL " + inserted();
  }

  /** One percent of all rows, from everywhere; and new orders. */
  String scattered() {
    return changed("true", 100) + " UNION ALL " + inserted();
  }

  /** A quarter of a percent of all rows, all of them in one partition. */
  String inOnePartition() {
    return changed(
        "l_orderkey >= %d AND l_orderkey < %d".formatted(order(1 / 6.0), order(0.25)), 33);
  }

  /** One row of so many has another price; one of twenty of these is deleted. */
  private static String changed(String which, int oneOf) {
    return values(
        Map.of(
            "l_extendedprice",
            "CAST(l_extendedprice + 1 AS decimal(15,2))",
            TIME,
            "TIMESTAMP '1999-01-01'",
            FLAG,
            "pmod(xxhash64(l_linenumber, l_orderkey), 20) = 0"),
        which + " AND pmod(xxhash64(l_orderkey, l_linenumber), %d) = 0".formatted(oneOf));
  }

  private String inserted() {
    return values(
        Map.of(
            "l_orderkey",
            "l_orderkey + " + order(0.001),
            TIME,
            "TIMESTAMP '1999-01-01'",
            FLAG,
            "false"),
        "l_orderkey > " + order(0.999));
  }

  private static String values(Map<String, String> changed, String which) {
    String columns =
        columns().keySet().stream()
            .map(c -> changed.getOrDefault(c, c) + " AS " + c)
            .collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, "SELECT %s FROM tpch.lineitem WHERE %s", columns, which);
  }
}
