package io.afp.bench.quality;

import static io.afp.core.definition.CheckBuilder.between;
import static io.afp.core.definition.CheckBuilder.in;
import static io.afp.core.definition.CheckBuilder.length;
import static io.afp.core.definition.CheckBuilder.matches;
import static io.afp.core.definition.CheckBuilder.required;
import static io.afp.core.definition.CheckBuilder.sql;

import io.afp.core.definition.ColumnBuilder;
import io.afp.core.definition.TableChecks;
import io.afp.core.definition.TableChecksBuilder;
import io.afp.quality.QualityCheck;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** How long 200 rules about 60 columns take before the first row is measured. */
public final class PlanningBench {

  private static final int COLUMNS = 60;
  private static final int RULES_OF_ROWS = 20;

  private PlanningBench() {}

  /** The argument is how often to measure. */
  public static void main(String[] args) {
    try (SparkSession spark = SparkSession.builder().appName("planning").getOrCreate()) {
      int times = Integer.parseInt(args[0]);
      Dataset<Row> rows = rows(spark);
      rows.count(); // starts what any first query starts
      print("planned, all sound", times, () -> QualityCheck.of(checks(false)).plan(rows));
      print(
          "planned, one of a missing column",
          times,
          () -> QualityCheck.of(checks(true)).plan(rows));
      print(
          "planned, compiled, one row judged",
          times,
          () -> QualityCheck.of(checks(false)).judge(rows));
    }
  }

  private static void print(String what, int times, Runnable work) {
    double[] seconds = IntStream.range(0, times + 1).mapToDouble(i -> seconds(work)).toArray();
    double[] counted = Arrays.stream(seconds).skip(1).sorted().toArray();
    System.out.printf("| %s | %.2f | %.2f |%n", what, seconds[0], counted[counted.length / 2]);
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static Dataset<Row> rows(SparkSession spark) {
    String[] columns =
        IntStream.range(0, COLUMNS).mapToObj(i -> value(i) + " AS c" + i).toArray(String[]::new);
    return spark.range(1).selectExpr(columns);
  }

  private static String value(int column) {
    return switch (column % 4) {
      case 0 -> "id";
      case 1 -> "CAST(id AS DECIMAL(15,2))";
      case 2 -> "CAST(id AS STRING)";
      default -> "DATE '2024-01-01'";
    };
  }

  private static TableChecks checks(boolean broken) {
    TableChecksBuilder checks = TableChecks.named("bench.wide");
    for (int i = 0; i < COLUMNS; i++) {
      int column = i;
      checks.column("c" + i, c -> three(c, column));
    }
    for (int i = 0; i < RULES_OF_ROWS; i++) {
      String missing = broken && i == 0 ? "nowhere" : "c" + 4 * (i % 15);
      checks.check(sql(missing + " <= c1 + " + i).named("rule" + i));
    }
    return checks.build();
  }

  private static ColumnBuilder three(ColumnBuilder column, int number) {
    column.check(required());
    return switch (number % 4) {
      case 0, 1 -> column.check(between("0", "9")).check(in("0", "1", "2"));
      case 2 -> column.check(matches("[0-9]+")).check(length(1, 9));
      default -> column.check(between("2000-01-01", "2030-01-01")).check(in("2024-01-01"));
    };
  }
}
