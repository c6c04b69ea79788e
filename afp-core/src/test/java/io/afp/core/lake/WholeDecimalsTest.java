package io.afp.core.lake;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.measure.Counts;
import io.afp.core.testing.TestSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.BindReferences;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.package$;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeDecimalsTest {

  private static final int CONDITIONS = 60;

  private static final List<String> COLUMNS = List.of("a", "b", "c", "d", "e");
  private static final List<String> COMPARISONS = List.of("=", "<=>", "<", "<=", ">", ">=", "!=");
  private static final List<String> LITERALS =
      List.of(
          "0",
          "900",
          "-1",
          "0.1",
          "-12.345",
          "99999999999999999",
          "0.0000001",
          "CAST('7' AS DECIMAL(15,2))",
          "CAST(NULL AS DECIMAL(15,2))");

  private final Random random = new Random(11);

  /** Values of few and of as many digits as there is room for, and null. */
  private static Dataset<Row> rows() {
    SparkSession session = TestSpark.session();
    SparkSession.setActiveSession(session);
    String[] columns = {
      number("DECIMAL(15,2)", "9999999999999.99", 3),
      number("DECIMAL(10,4)", "999999.9999", 5),
      number("DECIMAL(18,0)", "999999999999999999", 7),
      number("DECIMAL(20,2)", "999999999999999999.99", 4),
      number("DECIMAL(5,5)", "0.99999", 6)
    };
    String[] named =
        IntStream.range(0, columns.length)
            .mapToObj(i -> columns[i] + " AS " + COLUMNS.get(i))
            .toArray(String[]::new);
    return session.range(0, 500, 1, 2).selectExpr(named);
  }

  private static String number(String type, String most, int step) {
    return """
        CASE WHEN id %% 11 = %1$d THEN NULL
             WHEN id %% 13 = %1$d THEN CAST('%2$s' AS %3$s)
             WHEN id %% 17 = %1$d THEN CAST('-%2$s' AS %3$s)
             ELSE CAST((id %% 9 - 4) * %1$d / 1000 AS %3$s) END"""
        .formatted(step, most, type);
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String term(int depth) {
    return switch (depth == 0 ? random.nextInt(2) : random.nextInt(4)) {
      case 0 -> any(COLUMNS);
      case 1 -> any(LITERALS);
      case 2 ->
          "CAST(%s AS DECIMAL(%d,%d))"
              .formatted(term(depth - 1), 12 + random.nextInt(12), random.nextInt(6));
      default ->
          "(%s %s %s)".formatted(term(depth - 1), any(List.of("+", "-", "*")), term(depth - 1));
    };
  }

  private String condition() {
    return random.nextInt(5) == 0
        ? "%s IN (%s, %s)".formatted(any(COLUMNS), any(LITERALS), any(LITERALS))
        : "%s %s %s".formatted(term(2), any(COMPARISONS), term(2));
  }

  @Test
  void whatIsMeasuredIsWhatSparkCounts() {
    Dataset<Row> rows = rows().cache();
    List<String> conditions = IntStream.range(0, CONDITIONS).mapToObj(i -> condition()).toList();
    List<Measure> measures =
        conditions.stream().map(c -> Measure.counts(c + "#" + random.nextInt(), expr(c))).toList();
    List<Counts> measured =
        Measurement.scan(rows, measures).metrics().stream()
            .map(metric -> (Counts) metric.state())
            .toList();
    List<Column> counts = new ArrayList<>();
    for (String condition : conditions) {
      counts.add(count(when(expr(condition), 1)));
      counts.add(count(expr(condition)));
    }
    Row counted =
        rows.agg(counts.get(0), counts.subList(1, counts.size()).toArray(Column[]::new)).first();
    for (int i = 0; i < CONDITIONS; i++) {
      assertThat(measured.get(i))
          .as(conditions.get(i))
          .isEqualTo(new Counts(counted.getLong(2 * i), counted.getLong(2 * i + 1)));
    }
    rows.unpersist();
  }

  private static String rewritten(String condition) {
    Dataset<Row> holds = rows().repartition(1).select(expr(condition).as("holds"));
    Project project = (Project) holds.queryExecution().optimizedPlan();
    Expression bound =
        BindReferences.bindReference(
            ((Expression) project.projectList().head()).children().head(),
            package$.MODULE$.AttributeSeq(project.child().output()),
            false);
    return Parts.replaced(bound, WholeDecimals::compared).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a >= 0.1BD",
        "a >= b * 900BD",
        "a + a >= 5",
        "a - b <> 0.125BD",
        "a IN (1BD, CAST(2 AS DECIMAL(15,2)))",
        "c = 7BD"
      })
  void whatHasRoomIsComparedAsWholeNumbers(String condition) {
    assertThat(rewritten(condition)).containsIgnoringCase("UnscaledValue");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d > 1",
        "a * a > 1",
        "c + c > 0",
        "CAST(b AS DECIMAL(12,2)) > 1",
        "a = c",
        "-a > 1"
      })
  void whatMayHaveMoreDigitsOrIsRoundedIsLeftAsItIs(String condition) {
    assertThat(rewritten(condition)).doesNotContainIgnoringCase("UnscaledValue");
  }
}
