package io.afp.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.Literals;
import io.afp.core.definition.TableRule.SameResult;
import io.afp.core.definition.TableRule.Tolerance;
import io.afp.core.error.Count;
import io.afp.core.ledger.Verdict;
import io.afp.core.spi.Judge;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;

/** Judges whether two queries give the same; with a tolerance they give one number each. */
record SameResultScan(Judge.Case written, CheckDef check, SameResult rule) {

  private static final String NO_NUMBER = "a query does not give one number";
  private static final Set<DataType> WHOLE =
      Set.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

  Verdict judge() {
    Dataset<Row> given = written.query(rule.sql());
    Dataset<Row> expected = written.query(rule.expected());
    return rule.within()
        .map(within -> sameNumber(given, expected, within))
        .orElseGet(() -> sameRows(given, expected));
  }

  /** Why it can't be asked. */
  Optional<String> problem() {
    Dataset<Row> given = written.query(rule.sql());
    Dataset<Row> expected = written.query(rule.expected());
    return rule.within().isEmpty() || areNumbers(given, expected)
        ? Optional.empty()
        : Optional.of(NO_NUMBER);
  }

  private static boolean areNumbers(Dataset<Row> given, Dataset<Row> expected) {
    return QueryScan.isNumber(given) && QueryScan.isNumber(expected);
  }

  private Verdict sameNumber(Dataset<Row> given, Dataset<Row> expected, Tolerance within) {
    if (!areNumbers(given, expected)) {
      return DeequJudge.broken(check, NO_NUMBER);
    }
    List<Row> one = given.limit(2).collectAsList();
    List<Row> other = expected.limit(2).collectAsList();
    return one.size() == 1 && other.size() == 1
        ? near(one.get(0), other.get(0), within)
        : DeequJudge.broken(check, "a query does not give one row");
  }

  /** Where both give nothing there is nothing to judge; what is not finite is near to nothing. */
  private Verdict near(Row one, Row other, Tolerance within) {
    if (one.isNullAt(0) && other.isNullAt(0)) {
      return new Verdict(
          check, Verdict.Status.SKIPPED, 0, 0, "scan", "both queries give nothing", List.of());
    }
    Optional<BigDecimal> number = Literals.number(text(one));
    Optional<BigDecimal> wanted = Literals.number(text(other));
    boolean passed =
        number.isPresent() && wanted.isPresent() && within.allows(number.get(), wanted.get());
    String message =
        "the query gives %s, expected is %s within %s".formatted(text(one), text(other), within);
    return QueryScan.verdict(check, passed, 1, 0, message);
  }

  private static String text(Row row) {
    return row.isNullAt(0) ? "nothing" : row.get(0).toString();
  }

  /** By one shuffle: what is there as often on both sides adds up to nothing. */
  private Verdict sameRows(Dataset<Row> given, Dataset<Row> expected) {
    String[] names =
        IntStream.range(0, given.columns().length).mapToObj(i -> "c" + i).toArray(String[]::new);
    Column[] columns = Stream.of(names).map(functions::col).toArray(Column[]::new);
    if (expected.columns().length != names.length) {
      return DeequJudge.broken(
          check,
          "the queries give different columns: %d and %d"
              .formatted(names.length, expected.columns().length));
    }
    Optional<String> apart = otherTypes(given.schema().fields(), expected.schema().fields());
    if (apart.isPresent()) {
      return DeequJudge.broken(check, apart.get());
    }
    Column surplus = col("surplus");
    Row found =
        given
            .toDF(names)
            .withColumn("surplus", lit(1L))
            .union(expected.toDF(names).withColumn("surplus", lit(-1L)))
            .groupBy(columns)
            .agg(sum("surplus").as("surplus"), sum(when(surplus.gt(0), 1L)).as("given"))
            .agg(
                coalesce(sum("given"), lit(0L)),
                coalesce(sum(when(surplus.gt(0), surplus)), lit(0L)),
                coalesce(sum(when(surplus.lt(0), surplus.unary_$minus())), lit(0L)))
            .head();
    long more = found.getLong(1);
    long missing = found.getLong(2);
    String message =
        "of %s of the query %d %s not expected, and %d %s missing"
            .formatted(
                Count.of(found.getLong(0), "row"),
                more,
                more == 1 ? "is" : "are",
                missing,
                missing == 1 ? "is" : "are");
    return QueryScan.verdict(check, more + missing == 0, found.getLong(0), more, message);
  }

  /** Spark would compare values of a type that not both of them are exactly, or not at all. */
  private static Optional<String> otherTypes(StructField[] given, StructField[] expected) {
    return IntStream.range(0, given.length)
        .filter(i -> !areComparable(given[i].dataType(), expected[i].dataType()))
        .mapToObj(
            i ->
                "column %d is %s, expected is %s"
                    .formatted(
                        i + 1,
                        given[i].dataType().catalogString(),
                        expected[i].dataType().catalogString()))
        .findFirst();
  }

  private static boolean areComparable(DataType one, DataType other) {
    if (one instanceof DecimalType a && other instanceof DecimalType b) {
      int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
      return whole + Math.max(a.scale(), b.scale()) <= DecimalType.MAX_PRECISION();
    }
    return one.catalogString().equals(other.catalogString())
        || WHOLE.contains(one) && WHOLE.contains(other);
  }
}
