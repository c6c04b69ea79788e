package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestSpark;
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
}
