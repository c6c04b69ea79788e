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
    /** The square of {@link #STDDEV}. */
    VARIANCE,
    /** How much further the numbers reach above the mean than below; 0 where that is the same. */
    SKEWNESS,
    /** How heavy the tails are; 0 for those of a normal distribution. */
    KURTOSIS,
    /** The largest number without the smallest. */
    RANGE,
    MEDIAN,
    /** The number that 75 % are not above without that which 25 % are not above. */
    INTERQUARTILE_RANGE,
    /** How many different values there are. */
    DISTINCT,
    /** How many different values there are for each value. */
    DISTINCT_SHARE,
    /**
     * How evenly the different values occur, in natural units: 0 for one value, the logarithm of
     * their number where each is as common as the others.
     */
    ENTROPY;

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

  /** What the values of two columns have to do with each other. */
  enum Link {
    /** Of numbers: how near they are to a line, from -1 to 1, after Pearson. */
    CORRELATION,
    /** Of categories: how far one tells the other, from 0 to 1, after Cramér. */
    CRAMERS_V,
    /** Of categories: how much one tells of the other, in natural units. */
    MUTUAL_INFORMATION;

    /** The key in YAML. */
    public String keyword() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A number that says what two columns have to do with each other lies between bounds. Rows with a
   * null in one of them are not judged.
   */
  record Association(Link link, List<String> columns, Bounds bounds) implements MetricRule {
    public Association {
      columns = List.copyOf(columns);
    }

    @Override
    public String keyword() {
      return link.keyword();
    }

    @Override
    public String measured() {
      return keyword() + " " + columns;
    }
  }

  /** How far two distributions are apart. */
  enum Distance {
    /** Of categories: the share of the values that would have to be others. */
    TOTAL_VARIATION,
    /** Of numbers: the largest difference of the shares that are not above the same number. */
    KOLMOGOROV_SMIRNOV,
    /** The divergence of Kullback and Leibler there and back, from 0 on. */
    POPULATION_STABILITY_INDEX,
    /** The divergence of Kullback and Leibler from the expected distribution, from 0 on. */
    KULLBACK_LEIBLER,
    /** How often chance alone brings them as far apart as that, a share. */
    CHI_SQUARE;

    /** The key in YAML. */
    public String keyword() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** By what values are counted. */
  enum Places {
    /** By the value that they are. */
    VALUES,
    /** By the first of some numbers that they are not above. */
    UP_TO
  }

  /**
   * The values are distributed like others.
   *
   * @param places what is declared; where nothing is, the type of the column says what is counted
   * @param declared by literals, in order: the share of each value, or of what is not above a
   *     number; empty for the distribution that the table had before
   * @param limit the largest distance; of {@code CHI_SQUARE} the smallest share
   */
  record Distribution(
      Distance distance, Places places, Map<String, BigDecimal> declared, BigDecimal limit)
      implements MetricRule {
    public Distribution {
      declared = Collections.unmodifiableMap(new LinkedHashMap<>(declared));
    }

    /** Whether values of a column are counted by numbers that they are not above. */
    public boolean countsUpTo(ColumnType type) {
      return switch (distance) {
        case TOTAL_VARIATION -> false;
        case KOLMOGOROV_SMIRNOV -> true;
        default -> isOfBefore() ? type.isNumber() : places == Places.UP_TO;
      };
    }

    /** Whether distributions may be so far apart. */
    public boolean allows(BigDecimal found) {
      int over = found.compareTo(limit);
      return distance == Distance.CHI_SQUARE ? over >= 0 : over <= 0;
    }

    /** Whether it compares with what the table had before. */
    public boolean isOfBefore() {
      return declared.isEmpty();
    }

    @Override
    public String keyword() {
      return distance.keyword();
    }

    /** Of the same shares, of values and up to numbers, other places are counted. */
    @Override
    public String measured() {
      boolean upTo = places == Places.UP_TO && !isOfBefore();
      return "%s%s %s".formatted(keyword(), upTo ? " up_to" : "", declared);
    }
  }
}
