package io.afp.core.definition;

import static io.afp.core.definition.CheckShape.require;

import io.afp.core.definition.CheckDef.Rule;
import io.afp.core.definition.MetricRule.Comparison;
import io.afp.core.definition.MetricRule.Quantile;
import io.afp.core.definition.MetricRule.Statistic;
import io.afp.core.definition.MetricRule.Statistical;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Listed;
import io.afp.core.yaml.Mapped;
import io.afp.core.yaml.Nullable;
import io.afp.core.yaml.Shape;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** What rules about one number or set of a column look like. */
final class MetricShapes {

  private static final String SHAPE = "one value, or two bounds such as [10, null]";

  /** One less than the values that a measurement tells apart, because all others count as one. */
  static final int MOST_VALUES = 999;

  /** Bounds of a number. */
  static final Shape<Bounds> NUMBERS = bounds(MetricShapes::number);

  /** Bounds of a value of a column, whose type is not known yet. */
  private static final Shape<Bounds> VALUES = bounds(text -> text);

  /** Bounds of a share. */
  static final Shape<Bounds> SHARES = bounds(MetricShapes::share);

  private static final Field<BigDecimal> OF =
      Field.required("of", Scalars.SHARE, "The share of the numbers that are not above it");
  private static final Field<Levels<Bounds>> BETWEEN =
      Field.required(
          "between", Levels.shape(NUMBERS, MetricShapes::isInside), "Where the number lies");

  static final List<Field<Levels<Rule>>> ALL =
      List.of(
          statistic(Statistic.MIN, VALUES, "The smallest value lies between these"),
          statistic(Statistic.MAX, VALUES, "The largest value lies between these"),
          statistic(Statistic.MEAN, NUMBERS, "The mean lies between these"),
          statistic(Statistic.SUM, NUMBERS, "The sum lies between these"),
          statistic(
              Statistic.STDDEV, NUMBERS, "The standard deviation of a sample lies between these"),
          statistic(Statistic.VARIANCE, NUMBERS, "The variance of a sample lies between these"),
          statistic(
              Statistic.SKEWNESS,
              NUMBERS,
              "How much further the numbers reach above the mean than below lies between these; 0"
                  + " where that is the same"),
          statistic(
              Statistic.KURTOSIS,
              NUMBERS,
              "How heavy the tails are lies between these; 0 for those of a normal distribution"),
          statistic(
              Statistic.RANGE,
              NUMBERS,
              "The largest number without the smallest lies between these"),
          statistic(Statistic.MEDIAN, NUMBERS, "The median lies between these"),
          statistic(
              Statistic.INTERQUARTILE_RANGE,
              NUMBERS,
              "The number that 75 % are not above without that which 25 % are not above lies between"
                  + " these"),
          Field.optional(
              "quantile",
              new Mapped<>(
                  new Fields<>(
                      "{ of: 95%, between: [10, 20] }",
                      List.of(OF, BETWEEN),
                      r -> r.get(BETWEEN).map(bounds -> (Rule) new Quantile(r.get(OF), bounds))),
                  "a mapping such as { of: 95%, between: [10, 20] }",
                  levels -> levels),
              "The number that a share of all numbers is not above lies between these"),
          statistic(
              Statistic.DISTINCT, NUMBERS, "The number of different values lies between these"),
          statistic(
              Statistic.DISTINCT_SHARE,
              SHARES,
              "The number of different values, as a share of all values, lies between these"),
          statistic(
              Statistic.ENTROPY,
              NUMBERS,
              "How evenly the different values occur lies between these: 0 for one value, ln(n) for n"
                  + " that are as common as each other"),
          set(Comparison.EQUALS, "The set of different values is this one"),
          set(Comparison.CONTAINS, "The set of different values has all of these"),
          set(Comparison.WITHIN, "The set of different values has none but these"));

  private MetricShapes() {}

  private static Field<Levels<Rule>> statistic(
      Statistic statistic, Shape<Bounds> bounds, String doc) {
    BiPredicate<Rule, Rule> stricter =
        (warn, error) -> isInside(((Statistical) warn).bounds(), ((Statistical) error).bounds());
    Shape<Rule> rule =
        new Mapped<>(bounds, bounds.expects(), given -> new Statistical(statistic, given));
    return Field.optional(statistic.keyword(), Levels.shape(rule, stricter), doc);
  }

  private static Field<Levels<Rule>> set(Comparison comparison, String doc) {
    Shape<Rule> rule =
        new Mapped<>(
            new Items<>(Scalars.LITERAL, "a list of values"),
            "a list of one value or more, %d at most".formatted(MOST_VALUES),
            values -> {
              boolean few = !values.isEmpty() && values.size() <= MOST_VALUES;
              require(few, "it has no value, or too many");
              return new MetricRule.DistinctSet(comparison, values);
            });
    String name = new MetricRule.DistinctSet(comparison, List.of()).keyword();
    return Field.optional(name, Levels.plain(rule), doc);
  }

  private static Shape<Bounds> bounds(UnaryOperator<String> literal) {
    return new Mapped<>(
        new Listed<>(
            new Items<>(new Nullable<>(Scalars.LITERAL), "a list such as [10, 20]"), SHAPE),
        SHAPE,
        written -> bounds(written, literal));
  }

  private static Bounds bounds(List<Optional<String>> written, UnaryOperator<String> literal) {
    List<Optional<String>> both =
        written.size() == 1 ? List.of(written.get(0), written.get(0)) : written;
    require(both.size() == 2, "it has %d bounds".formatted(both.size()));
    require(both.stream().anyMatch(Optional::isPresent), "both bounds are null");
    Bounds bounds = new Bounds(both.get(0).map(literal), both.get(1).map(literal));
    require(!isDescending(bounds), "the first bound is larger than the second");
    return bounds;
  }

  private static boolean isDescending(Bounds bounds) {
    Optional<BigDecimal> min = bounds.min().flatMap(Literals::number);
    Optional<BigDecimal> max = bounds.max().flatMap(Literals::number);
    return min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0;
  }

  /**
   * Whether bounds allow nothing that others do not; values that are no numbers are not compared.
   */
  static boolean isInside(Bounds inner, Bounds outer) {
    return isOrdered(outer.min(), inner.min()) && isOrdered(inner.max(), outer.max());
  }

  private static boolean isOrdered(Optional<String> smaller, Optional<String> larger) {
    Optional<BigDecimal> left = smaller.flatMap(Literals::number);
    Optional<BigDecimal> right = larger.flatMap(Literals::number);
    return left.isEmpty() || right.isEmpty() || left.get().compareTo(right.get()) <= 0;
  }

  private static String number(String text) {
    Literals.requireNumber(text);
    return text;
  }

  private static String share(String text) {
    return text.endsWith("%") ? Scalars.SHARE.parser().apply(text).toPlainString() : number(text);
  }
}
