package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestSpark;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.Test;

class WidePlanTest {

  private final SparkSession session = TestSpark.session();

  private boolean infers(int columns) {
    return WidePlan.of(session, columns, () -> SQLConf.get().constraintPropagationEnabled());
  }

  @Test
  void filtersAreInferredButForRowsOfVeryManyColumns() {
    assertThat(infers(499)).isTrue();
    assertThat(infers(500)).isFalse();
    assertThat(session.sessionState().conf().constraintPropagationEnabled()).isTrue();
    assertThat(SQLConf.get().constraintPropagationEnabled()).as("behind it").isTrue();
  }

  @Test
  void whatTheSessionSaysHoldsInside() {
    SparkSession other = session.newSession();
    other.conf().set("spark.sql.session.timeZone", "Asia/Kathmandu");
    assertThat(WidePlan.of(other, 5000, () -> SQLConf.get().sessionLocalTimeZone()))
        .isEqualTo("Asia/Kathmandu");
  }

  private Dataset<Row> rows(int columns) {
    Column[] all =
        IntStream.range(0, columns).mapToObj(i -> col("id").plus(i)).toArray(Column[]::new);
    return session.range(0, 100, 1, 3).select(all);
  }

  private static String plan(Dataset<Row> rows) {
    return WidePlan.outline(rows).queryExecution().executedPlan().toString();
  }

  @Test
  void rowsOfVeryManyColumnsAreOutlinedWithoutThemButInAsManyTasks() {
    Dataset<Row> wide = rows(500).filter("`(id + 7)` > 9").select("`(id + 499)`");
    Dataset<Row> outline = WidePlan.outline(wide);
    assertThat(outline.javaRDD().getNumPartitions()).isEqualTo(3);
    assertThat(plan(wide)).doesNotContain("id#").doesNotContain("Filter");
    assertThat(plan(rows(499).filter("`(id + 7)` > 9"))).contains("Filter");
    assertThat(plan(wide.repartition(7))).as("a shuffle").contains("RoundRobinPartitioning(7)");
  }
}
