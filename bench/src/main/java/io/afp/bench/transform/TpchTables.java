package io.afp.bench.transform;

import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The eight tables of TPC-H with the types of its specification. */
public final class TpchTables {

  private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("region", "r_regionkey int; r_name string; r_comment string");
    COLUMNS.put("nation", "n_nationkey int; n_name string; n_regionkey int; n_comment string");
    COLUMNS.put(
        "supplier",
        """
        s_suppkey long; s_name string; s_address string; s_nationkey int; s_phone string; \
        s_acctbal decimal(15,2); s_comment string""");
    COLUMNS.put(
        "customer",
        """
        c_custkey long; c_name string; c_address string; c_nationkey int; c_phone string; \
        c_acctbal decimal(15,2); c_mktsegment string; c_comment string""");
    COLUMNS.put(
        "part",
        """
        p_partkey long; p_name string; p_mfgr string; p_brand string; p_type string; p_size int; \
        p_container string; p_retailprice decimal(15,2); p_comment string""");
    COLUMNS.put(
        "partsupp",
        """
        ps_partkey long; ps_suppkey long; ps_availqty int; ps_supplycost decimal(15,2); \
        ps_comment string""");
    COLUMNS.put(
        "orders",
        """
        o_orderkey long; o_custkey long; o_orderstatus string; o_totalprice decimal(15,2); \
        o_orderdate date; o_orderpriority string; o_clerk string; o_shippriority int; \
        o_comment string""");
    COLUMNS.put(
        "lineitem",
        """
        l_orderkey long; l_partkey long; l_suppkey long; l_linenumber int; \
        l_quantity decimal(15,2); l_extendedprice decimal(15,2); l_discount decimal(15,2); \
        l_tax decimal(15,2); l_returnflag string; l_linestatus string; l_shipdate date; \
        l_commitdate date; l_receiptdate date; l_shipinstruct string; l_shipmode string; \
        l_comment string""");
  }

  private TpchTables() {}

  static List<String> names() {
    return List.copyOf(COLUMNS.keySet());
  }

  /** Each column with its type, in order. */
  public static Map<String, String> columns(String table) {
    Map<String, String> types = new LinkedHashMap<>();
    for (String column : COLUMNS.get(table).split("; ")) {
      types.put(column.split(" ")[0], column.split(" ")[1]);
    }
    return types;
  }

  /** The table as AFP declares it, filled by a program. */
  static TableDef declared(String table) {
    TableBuilder builder = TableDef.named("tpch." + table).inJava();
    columns(table).forEach(builder::column);
    return builder.build();
  }

  /** The rows that the generator wrote. */
  static Dataset<Row> read(SparkSession spark, Path folder, String table) {
    String schema =
        columns(table).entrySet().stream()
            .map(c -> c.getKey() + " " + c.getValue().replace("long", "bigint"))
            .collect(Collectors.joining(", "));
    return spark
        .read()
        .schema(schema + ", nothing_behind_the_last_bar string")
        .option("delimiter", "|")
        .option("mode", "FAILFAST")
        .csv(folder.resolve(table + ".tbl").toString())
        .drop("nothing_behind_the_last_bar");
  }
}
