package io.afp.agentic.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.AnomalyDef;
import io.afp.core.definition.Bounds;
import io.afp.core.definition.CheckDef;
import io.afp.core.definition.MetricRule;
import io.afp.core.definition.RowRule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RuleTextTest {

  @Test
  void whatIsDeclaredIsSaidAndWhatIsNotIsLeftOut() {
    assertThat(RuleText.of(new CheckDef.Required())).isEqualTo("required");
    assertThat(RuleText.of(new CheckDef.Between(Optional.of("1"), Optional.empty())))
        .isEqualTo("between min 1");
    assertThat(RuleText.of(new CheckDef.Length(OptionalLong.empty(), OptionalLong.of(3))))
        .isEqualTo("length max 3");
    assertThat(RuleText.of(new CheckDef.Custom("a.B", new TreeMap<>(Map.of("k", "v")))))
        .isEqualTo("custom type a.B, arguments k: v");
  }

  @Test
  void theKeyIsSaidOnce() {
    assertThat(RuleText.of(new RowRule.Compared(RowRule.Relation.EQUAL, List.of("a", "b"))))
        .isEqualTo("equal columns [a, b]");
    Bounds bounds = new Bounds(Optional.of("1"), Optional.of("2"));
    assertThat(RuleText.of(new MetricRule.Statistical(MetricRule.Statistic.MEAN, bounds)))
        .isEqualTo("mean bounds 1 to 2");
  }

  @Test
  void whatIsNestedIsSaidWhole() {
    AnomalyDef watched =
        new AnomalyDef(
            AnomalyDef.Quantity.ROWS,
            AnomalyDef.Method.CHANGE,
            new BigDecimal("0.50"),
            AnomalyDef.Season.NONE,
            1,
            1,
            BigDecimal.ZERO);
    assertThat(RuleText.of(new CheckDef.Anomaly(watched)))
        .isEqualTo(
            "anomaly watched (of rows method change limit 0.50 season none minPoints 1 last 1 tolerance 0)");
  }
}
