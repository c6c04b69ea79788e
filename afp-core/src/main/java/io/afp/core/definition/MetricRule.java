package io.afp.core.definition;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Rules about one number or set that is made of all values of a column but null. */
public sealed interface MetricRule extends CheckDef.Rule {

  @Override
  default boolean isAboutRows() {
    return false;
  }

  /** What is made of all values. */
  enum Statistic {
    MIN,
    MAX,
    MEAN,
    SUM,
    /** That of a sample: its square is the sum of squared distances divided by one less than n. */
    STDDEV,
    MEDIAN,
    /** How many different values there are. */
    DISTINCT,
    /** How many different values there are for each value. */
    DISTINCT_SHARE;

    /** The key in YAML. */
    public String keyword() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A number lies between bounds; of {@code MIN} and {@code MAX} it is a value of the column, of
   * {@code DISTINCT_SHARE} a share from 0 to 1.
   */
  record Statistical(Statistic statistic, Bounds bounds) implements MetricRule {
    @Override
    public String keyword() {
      return statistic.keyword();
    }

    @Override
    public String measured() {
      return keyword();
    }
  }

  /**
   * The number that a share of all numbers is not above lies between bounds.
   *
   * @param share from 0 to 1
   */
  record Quantile(BigDecimal share, Bounds bounds) implements MetricRule {
    @Override
    public String keyword() {
      return "quantile";
    }

    @Override
    public String measured() {
      return keyword() + " " + share;
    }
  }

  /** How the set of different values compares with another one. */
  enum Comparison {
    /** Each value is one of these, and each of these is there. */
    EQUALS,
    /** Each of these is there. */
    CONTAINS,
    /** Each value is one of these. */
    WITHIN
  }

  /** The set of different values compares with a set of literals in a way. */
  record DistinctSet(Comparison comparison, List<String> values) implements MetricRule {
    public DistinctSet {
      values = List.copyOf(values);
    }

    @Override
    public String keyword() {
      return "distinct_" + comparison.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The value that occurs most often is one of some literals, or as common as bounds say, or both.
   * Where several values are the most common, each of them counts.
   *
   * @param values the literals; empty where any value will do
   * @param share its part of all values, from 0 to 1
   */
  record MostCommon(List<String> values, Optional<Bounds> share) implements MetricRule {
    public MostCommon {
      values = List.copyOf(values);
    }

    @Override
    public String keyword() {
      return "most_common";
    }

    @Override
    public String measured() {
      return keyword() + " " + values;
    }
  }

  /** How far two distributions are apart, from 0 to 1. */
  enum Distance {
    /** Of categories: the share of the values that would have to be others. */
    TOTAL_VARIATION,
    /** Of numbers: the largest difference of the shares that are not above the same number. */
    KOLMOGOROV_SMIRNOV
  }

  /**
   * The values are distributed like others.
   *
   * @param declared by literals, in order: of categories the share of each, of numbers the share
   *     that is not above it; empty for the distribution that the table had before
   * @param atMost the largest distance, from 0 to 1
   */
  record Distribution(Distance distance, Map<String, BigDecimal> declared, BigDecimal atMost)
      implements MetricRule {
    public Distribution {
      declared = Collections.unmodifiableMap(new LinkedHashMap<>(declared));
    }

    /** Whether it compares with what the table had before. */
    public boolean isOfBefore() {
      return declared.isEmpty();
    }

    @Override
    public String keyword() {
      return distance.name().toLowerCase(Locale.ROOT);
    }

    /** Once declared numbers were compared as doubles; what was counted so does not add up. */
    @Override
    public String measured() {
      boolean again = distance == Distance.KOLMOGOROV_SMIRNOV && !isOfBefore();
      return "%s%s %s".formatted(keyword(), again ? " 2" : "", declared);
    }
  }
}
