package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.Rounding;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.testing.TestSpark;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Brings texts to a contract, without any file. */
final class Contracts {

  private Contracts() {}

  static TableBuilder table() {
    return TableDef.named("raw.a").fromCsv("a.csv");
  }

  /** Records of a file with these fields, each record a line of fields with commas between. */
  static RawRows raw(String fields, String... records) {
    int size = fields.split(",").length;
    List<List<String>> split =
        Arrays.stream(records)
            .map(r -> Arrays.asList(Arrays.copyOf(r.split(",", -1), size)))
            .toList();
    return rows(fields, split);
  }

  static RawRows rows(String fields, List<List<String>> records) {
    StructType schema = new StructType();
    for (String field : fields.split(",")) {
      schema = schema.add(field, DataTypes.StringType);
    }
    List<Row> rows = records.stream().map(r -> RowFactory.create(r.toArray())).toList();
    Dataset<Row> dataset =
        TestSpark.session()
            .createDataFrame(rows, schema)
            .withColumn(RawRows.FILE, lit("a.csv"))
            .withColumn(RawRows.MALFORMED, lit(null).cast("string"));
    return new RawRows(dataset, Optional.empty());
  }

  /** The same rows, all of one interval. */
  static RawRows inUnit(RawRows raw, String type, String start, String end) {
    Dataset<Row> rows =
        raw.rows()
            .withColumn("__start", lit(start).cast(type))
            .withColumn("__end", lit(end).cast(type));
    return new RawRows(rows, Optional.of(new RawRows.UnitColumns("__start", "__end")));
  }

  /** The same rows and one that could not be split into fields. */
  static RawRows withMalformed(RawRows raw, String record) {
    Dataset<Row> bad = raw.rows().limit(1).withColumn(RawRows.MALFORMED, lit(record));
    for (String field : raw.rows().columns()) {
      if (!field.startsWith("__")) {
        bad = bad.withColumn(field, lit(null).cast("string"));
      }
    }
    return new RawRows(raw.rows().unionByName(bad), raw.unit());
  }

  /** What became of one text in a column of a type: {@code = value}, or why not. */
  static String outcome(String type, String text) {
    TableDef table = table().column("c", type).build();
    return outcome(new Contract(table, List.of()).conform(raw("c", text)));
  }

  /** The same for a text of a format. */
  static String outcome(String type, String format, String text) {
    TableDef table = table().column("c", type, c -> c.format(format)).build();
    return outcome(new Contract(table, List.of()).conform(rows("c", List.of(List.of(text)))));
  }

  private static String outcome(Contract.Conformed conformed) {
    List<Row> accepted = conformed.accepted().select(col("c").cast("string")).collectAsList();
    return accepted.isEmpty() ? reasons(conformed).get(0) : "= " + accepted.get(0).getString(0);
  }

  /** What became of a typed value, given as an expression, in a column of a type. */
  static String outcomeOfTyped(String type, String value) {
    return outcomeOfTyped(table().column("c", type).build(), value);
  }

  /** The same in a column that is rounded. */
  static String outcomeOfTypedRounded(String type, String value) {
    return outcomeOfTyped(rounded(type), value);
  }

  private static TableDef rounded(String type) {
    return table().column("c", type, c -> c.rounding(Rounding.HALF_UP)).build();
  }

  private static String outcomeOfTyped(TableDef table, String value) {
    RawRows given = raw("other", "x");
    RawRows typed = new RawRows(given.rows().withColumn("c", expr(value)), Optional.empty());
    return outcome(new Contract(table, List.of()).conform(typed));
  }

  /** The reasons of each rejected row, as {@code column reason value}, joined by commas. */
  static List<String> reasons(Contract.Conformed conformed) {
    return conformed
        .rejected()
        .selectExpr(
            "concat_ws(', ', transform(reasons, r -> concat_ws(' ', r.column, r.reason, r.value)))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** The reasons of each rejected row, as {@code column message}. */
  static List<String> messages(Contract.Conformed conformed) {
    return conformed
        .rejected()
        .selectExpr("concat_ws('; ', transform(reasons, r -> concat_ws(' ', r.column, r.message)))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
