package io.afp.observe.lineage;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.MetricRule.Statistical;
import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.Counts;
import io.afp.core.measure.Figure;
import io.afp.core.spi.RunEvent.Result;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.DataQualityMetricsInputDatasetFacetColumnMetricsAdditionalBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
      List<Verdict> verdicts) {
    return verdicts.stream().filter(Quality::isJudged).map(this::assertion).toList();
  }

  /** A check that had nothing to judge, or too little history, says neither yes nor no. */
  private static boolean isJudged(Verdict verdict) {
    return verdict.status() != Verdict.Status.SKIPPED
        && verdict.status() != Verdict.Status.LEARNING;
  }

  private OpenLineage.DataQualityAssertionsDatasetFacetAssertions assertion(Verdict verdict) {
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

  private static Optional<String> share(Verdict verdict) {
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
      Metric metric = result.metrics().get(check.name());
      if (metric != null && check.where().isEmpty()) {
        shownColumn(table, check).ifPresent(column -> add(columns, column, check, metric));
      }
    }
    OpenLineage.DataQualityMetricsInputDatasetFacetColumnMetricsBuilder all =
        spec.newDataQualityMetricsInputDatasetFacetColumnMetricsBuilder();
    columns.forEach((column, found) -> all.put(column, found.build()));
    return spec.newDataQualityMetricsInputDatasetFacetBuilder()
        .rowCount(
            Optional.ofNullable(result.metrics().get("rows")).map(Metric::judged).orElse(null))
        .columnMetrics(all.build())
        .build();
  }

  /** The least and the largest value of a personal column are values of it. */
  private static Optional<String> shownColumn(TableDef table, CheckDef check) {
    return check.column().filter(name -> table.column(name).filter(ColumnDef::pii).isEmpty());
  }

  private void add(
      Map<String, DataQualityMetricsInputDatasetFacetColumnMetricsAdditionalBuilder> columns,
      String column,
      CheckDef check,
      Metric metric) {
    if (check.rule() instanceof CheckDef.Required && metric.state() instanceof Counts counts) {
      of(columns, column).nullCount(counts.judged() - counts.matches());
    } else if (check.rule() instanceof Statistical rule) {
      OptionalDouble figure = Figure.of(rule, metric.state()).value();
      figure.ifPresent(value -> add(columns, column, rule, value));
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
