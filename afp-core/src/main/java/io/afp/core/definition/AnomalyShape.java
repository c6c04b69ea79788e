package io.afp.core.definition;

import static io.afp.core.definition.CheckShape.require;

import io.afp.core.definition.AnomalyDef.Method;
import io.afp.core.definition.AnomalyDef.Quantity;
import io.afp.core.definition.AnomalyDef.Season;
import io.afp.core.yaml.Either;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Mapped;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import io.afp.core.yaml.Shape;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code anomaly} may hold. */
final class AnomalyShape {

  private static final BigDecimal SENSITIVITY = BigDecimal.valueOf(3);
  private static final String TOLERANCE = "1%";
  private static final int FEWEST_FOR_SPREAD = 3;

  private static final Field<Method> METHOD =
      Field.withDefault(
          "method",
          Scalar.choice(Method.class),
          "robust",
          "How bounds are made of the points before. `robust`: of their median and the median of"
              + " the distances from it. `zscore`: of their mean and standard deviation. `change`:"
              + " of the last one and `at_most`");
  private static final Field<BigDecimal> SENSITIVITY_FIELD =
      Field.optional(
              "sensitivity",
              Scalar.parsed("a number such as 3 or 2.5", AnomalyShape::sensitivity),
              "How many standard deviations a point may be away; with `robust` and `zscore`")
          .otherwise("3");
  private static final Field<BigDecimal> AT_MOST =
      Field.optional(
          "at_most",
          Scalar.parsed("a share such as 150%", AnomalyShape::change),
          "By which share a point may change; with `change`, which needs it");
  private static final Field<Season> BY =
      Field.optional(
              "by",
              Scalar.choice(List.of("weekday")).as(AnomalyShape::season),
              "A point is compared with those of the same day of the week; in a pipeline of hours"
                  + " of the same hour too")
          .otherwise("with all");
  private static final Field<Integer> MIN_POINTS =
      Field.optional(
              "min_points",
              points("min_points"),
              "How many points there must be, with `by` of the same weekday; until then the status"
                  + " is learning")
          .otherwise("14 for `robust`, 8 for `zscore`, 1 for `change`; with `by` 4, 4 and 1");
  private static final Field<Integer> LAST =
      Field.optional(
              "last",
              points("last"),
              "Of how many points bounds are made at most, with `by` of the same weekday")
          .otherwise("30, with `by` 10; 1 for `change`");
  private static final Field<BigDecimal> TOLERANCE_FIELD =
      Field.withDefault(
          "tolerance",
          Scalars.SHARE,
          TOLERANCE,
          "The share of the expected value by which a point may always be away, so that what never"
              + " changed may change a little");

  /** Of a table as a whole. */
  static final Shape<CheckDef.Rule> OF_TABLE = of(List.of(Quantity.ROWS), "rows");

  /** Of a column. */
  static final Shape<CheckDef.Rule> OF_COLUMN = of(Quantity.OF_COLUMN, "mean");

  private AnomalyShape() {}

  private static Shape<CheckDef.Rule> of(List<Quantity> quantities, String example) {
    Scalar<Quantity> quantity =
        Scalar.choice(quantities.stream().map(Quantity::keyword).toList())
            .as(text -> Quantity.valueOf(text.toUpperCase(Locale.ROOT)));
    Field<Quantity> of =
        Field.required("of", quantity, "What is watched: of each interval, or of each run");
    Fields<Draft> mapping =
        new Fields<>(
            "a mapping such as { of: %s, by: weekday }".formatted(example),
            List.of(of, METHOD, SENSITIVITY_FIELD, AT_MOST, BY, MIN_POINTS, LAST, TOLERANCE_FIELD),
            r -> Draft.of(r, of));
    return new Mapped<>(
        new Either<>(quantity.as(Draft::of), mapping),
        "%1$s, or a mapping such as { of: %1$s, by: weekday }".formatted(example),
        draft -> new CheckDef.Anomaly(draft.definition()));
  }

  /** What is written, before it is known whether it fits together. */
  private record Draft(
      Quantity of,
      Method method,
      Optional<BigDecimal> sensitivity,
      Optional<BigDecimal> atMost,
      Season season,
      Optional<Integer> minPoints,
      Optional<Integer> last,
      BigDecimal tolerance) {

    static Draft of(Quantity quantity) {
      return new Draft(
          quantity,
          Method.ROBUST,
          Optional.empty(),
          Optional.empty(),
          Season.NONE,
          Optional.empty(),
          Optional.empty(),
          TOLERANCE_FIELD.fallback().orElseThrow());
    }

    static Draft of(Reading r, Field<Quantity> of) {
      return new Draft(
          r.get(of),
          r.get(METHOD),
          r.find(SENSITIVITY_FIELD),
          r.find(AT_MOST),
          r.find(BY).orElse(Season.NONE),
          r.find(MIN_POINTS),
          r.find(LAST),
          r.get(TOLERANCE_FIELD));
    }

    AnomalyDef definition() {
      boolean change = method == Method.CHANGE;
      require(!change || atMost.isPresent(), "method change needs at_most");
      require(!change || sensitivity.isEmpty(), "method change has no sensitivity, but at_most");
      require(change || atMost.isEmpty(), "at_most is of method change only");
      int usual = method.minPoints(season);
      int fewest = minPoints.orElse(Math.min(usual, last.orElse(usual)));
      int most = last.orElse(Math.max(fewest, method.last(season)));
      require(fewest <= most, "min_points is larger than last");
      require(
          change || fewest >= FEWEST_FOR_SPREAD,
          "how far %d points spread says nothing: min_points is at least %d"
              .formatted(fewest, FEWEST_FOR_SPREAD));
      BigDecimal limit = change ? atMost.orElseThrow() : sensitivity.orElse(SENSITIVITY);
      return new AnomalyDef(of, method, limit, season, fewest, most, tolerance);
    }
  }

  private static Scalar<Integer> points(String key) {
    return Scalar.count()
        .as(
            number -> {
              require(number >= 1 && number <= 1_000, key + " is a number from 1 to 1000");
              return number.intValue();
            });
  }

  private static BigDecimal sensitivity(String text) {
    require(text.matches("\\d{1,2}(\\.\\d{1,3})?"), "'%s' is not a number".formatted(text));
    BigDecimal number = new BigDecimal(text);
    require(number.signum() > 0, "it is 0");
    return number;
  }

  private static BigDecimal change(String text) {
    require(text.matches("\\d{1,5}(\\.\\d{1,3})? ?%"), "'%s' is not a share in %%".formatted(text));
    return new BigDecimal(text.replace("%", "").trim()).movePointLeft(2);
  }

  private static Season season(String text) {
    return Season.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
