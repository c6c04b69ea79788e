package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestSpark;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.Decimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactDecimalsTest {

  private static Expression folded(String sql) {
    Project project =
        (Project) TestSpark.session().sql("SELECT " + sql).queryExecution().optimizedPlan();
    return ((Expression) project.projectList().head()).children().head();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CAST('0.1' AS DECIMAL(15,2))",
        "CAST('-9999999999999.99' AS DECIMAL(15,2))",
        "CAST('12' AS DECIMAL(18,0))",
        "CAST('12345678901234567890.5' AS DECIMAL(38,2))",
        "1.50BD + 2",
        "CAST(NULL AS DECIMAL(15,2))",
        "'a text'"
      })
  void theValuesStayTheSame(String sql) {
    Expression expression = folded(sql);
    Expression compact = CompactDecimals.in(expression);
    assertThat(compact.dataType()).isEqualTo(expression.dataType());
    assertThat(compact.eval(null)).isEqualTo(expression.eval(null));
  }

  /** What Spark shows for debugging tells the two apart. */
  @ParameterizedTest
  @ValueSource(strings = {"CAST('0.1' AS DECIMAL(15,2))", "CAST('-7' AS DECIMAL(18,0))"})
  void smallOnesAreWholeNumbersInside(String sql) {
    assertThat(debugged(folded(sql))).startsWith("Decimal(expanded");
    assertThat(debugged(CompactDecimals.in(folded(sql)))).startsWith("Decimal(compact");
  }

  private static String debugged(Expression literal) {
    return ((Decimal) ((Literal) literal).value()).toDebugString();
  }
}
