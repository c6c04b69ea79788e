package io.afp.observe.lineage;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.MetricRule.Statistical;
import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Verdict;
import io.afp.core.spi.RunEvent.Judged;
import io.afp.core.spi.RunEvent.Measured;
import io.afp.core.spi.RunEvent.Result;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.DataQualityMetricsInputDatasetFacetColumnMetricsAdditionalBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was measured in the write, and what the checks say of it; nothing is measured for this. */
record Quality(OpenLineage spec) {

  private static final int DIGITS = 6;

  OpenLineage.InputDatasetInputFacets facets(TableDef table, Result result) {
    return spec.newInputDatasetInputFacetsBuilder()
        .dataQualityMetrics(metrics(table, result))
        .dataQualityAssertions(
            spec.newDataQualityAssertionsDatasetFacet(assertions(result.verdicts())))
        .build();
  }

  private List<OpenLineage.DataQualityAssertionsDatasetFacetAssertions> assertions(
      List<Judged> verdicts) {
    return verdicts.stream().filter(Quality::isJudged).map(this::assertion).toList();
  }

  /** A check that had nothing to judge, too little history, or broke, says neither yes nor no. */
  private static boolean isJudged(Judged verdict) {
    return switch (verdict.status()) {
      case PASSED, WARNED, FAILED -> true;
      case LEARNING, BROKEN, SKIPPED -> false;
    };
  }

  private OpenLineage.DataQualityAssertionsDatasetFacetAssertions assertion(Judged verdict) {
    CheckDef check = verdict.check();
    OpenLineage.DataQualityAssertionsDatasetFacetAssertionsBuilder assertion =
        spec.newDataQualityAssertionsDatasetFacetAssertionsBuilder()
            .assertion(check.rule().keyword())
            .success(verdict.status() == Verdict.Status.PASSED)
            .severity(check.severity().name().toLowerCase(Locale.ROOT))
            .name(check.name())
            .column(check.column().orElse(null))
            .description(check.about().description().orElse(null));
    if (check.rule().isAboutRows()) {
      assertion.expected(check.atLeast().stripTrailingZeros().toPlainString());
      share(verdict).ifPresent(assertion::actual);
    }
    return assertion.build();
  }

  private static Optional<String> share(Judged verdict) {
    if (verdict.rowsJudged() == 0) {
      return Optional.empty();
    }
    BigDecimal obey = BigDecimal.valueOf(verdict.rowsJudged() - verdict.rowsFailed());
    BigDecimal share =
        obey.divide(BigDecimal.valueOf(verdict.rowsJudged()), DIGITS, RoundingMode.DOWN);
    return Optional.of(share.stripTrailingZeros().toPlainString());
  }

  private OpenLineage.DataQualityMetricsInputDatasetFacet metrics(TableDef table, Result result) {
    Map<String, DataQualityMetricsInputDatasetFacetColumnMetricsAdditionalBuilder> columns =
        new TreeMap<>();
    for (CheckDef check : table.allChecks()) {
      Measured figure = result.figures().get(check.name());
      if (figure != null && check.where().isEmpty()) {
        check.column().ifPresent(column -> add(columns, column, check, figure));
      }
    }
    OpenLineage.DataQualityMetricsInputDatasetFacetColumnMetricsBuilder all =
        spec.newDataQualityMetricsInputDatasetFacetColumnMetricsBuilder();
    columns.forEach((column, found) -> all.put(column, found.build()));
    return spec.newDataQualityMetricsInputDatasetFacetBuilder()
        .rowCount(
            Optional.ofNullable(result.figures().get("rows")).map(Measured::judged).orElse(null))
        .columnMetrics(all.build())
        .build();
  }

  private void add(
      Map<String, DataQualityMetricsInputDatasetFacetColumnMetricsAdditionalBuilder> columns,
      String column,
      CheckDef check,
      Measured figure) {
    if (check.rule() instanceof CheckDef.Required) {
      of(columns, column).nullCount(figure.judged() - figure.obeyed());
    } else if (check.rule() instanceof Statistical rule) {
      figure.number().ifPresent(value -> add(columns, column, rule, value));
    }
  }

  private void add(
      Map<String, DataQualityMetricsInputDatasetFacetColumnMetricsAdditionalBuilder> columns,
      String column,
      Statistical rule,
      double value) {
    switch (rule.statistic()) {
      case MIN -> of(columns, column).min(value);
      case MAX -> of(columns, column).max(value);
      case SUM -> of(columns, column).sum(value);
      case DISTINCT -> of(columns, column).distinctCount((long) value);
      case MEAN,
          STDDEV,
          VARIANCE,
          SKEWNESS,
          KURTOSIS,
          RANGE,
          MEDIAN,
          INTERQUARTILE_RANGE,
          DISTINCT_SHARE,
          ENTROPY -> {
        // the facet has no place for it
      }
    }
  }

  private DataQualityMetricsInputDatasetFacetColumnMetricsAdditionalBuilder of(
      Map<String, DataQualityMetricsInputDatasetFacetColumnMetricsAdditionalBuilder> columns,
      String column) {
    return columns.computeIfAbsent(
        column,
        name -> spec.newDataQualityMetricsInputDatasetFacetColumnMetricsAdditionalBuilder());
  }
}
