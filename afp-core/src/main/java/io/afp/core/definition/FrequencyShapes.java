package io.afp.core.definition;

import static io.afp.core.definition.CheckShape.require;

import io.afp.core.definition.CheckDef.Rule;
import io.afp.core.definition.MetricRule.Distance;
import io.afp.core.definition.MetricRule.Distribution;
import io.afp.core.definition.MetricRule.MostCommon;
import io.afp.core.definition.MetricRule.Places;
import io.afp.core.yaml.Entries;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Mapped;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What rules about how often the values of a column occur look like. */
final class FrequencyShapes {

  private static final String LIKE_BEFORE = "what the table had before, but for the written units";

  private static final Field<List<String>> IN =
      Field.optional(
              "in", new Items<>(Scalars.LITERAL, "a list of values"), "The values that it may be")
          .otherwise("any");
  private static final Field<Levels<Bounds>> SHARE =
      Field.optional(
              "share",
              Levels.shape(MetricShapes.SHARES, MetricShapes::isInside),
              "Its part of all values lies between these")
          .otherwise("any");
  private static final Field<Map<String, BigDecimal>> SHARES_OF =
      Field.optional(
              "of",
              new Entries<>(Scalars.LITERAL, Scalars.SHARE, "a mapping such as { a: 60%, b: 40% }"),
              "The share of each value; the rest is that of all others")
          .otherwise(LIKE_BEFORE);
  private static final Field<Map<String, BigDecimal>> SHARES_UP_TO =
      Field.optional(
              "of",
              new Entries<>(
                  Scalars.LITERAL, Scalars.SHARE, "a mapping such as { 10: 25%, 60: 90% }"),
              "The share of the numbers that are not above each of these")
          .otherwise(LIKE_BEFORE);
  private static final Field<Map<String, BigDecimal>> UP_TO =
      Field.optional("up_to", SHARES_UP_TO.shape(), SHARES_UP_TO.doc())
          .otherwise("`of`, or " + LIKE_BEFORE);
  private static final Field<Levels<BigDecimal>> AT_MOST = atMost(Scalars.SHARE);
  private static final Field<Levels<BigDecimal>> NUMBER_AT_MOST =
      atMost(Scalar.parsed("a number such as 0.2", FrequencyShapes::notNegative));
  private static final Field<Levels<BigDecimal>> P_AT_LEAST =
      Field.required(
          "p_at_least",
          Levels.shape(Scalars.SHARE, (warn, error) -> warn.compareTo(error) >= 0),
          "The smallest p-value: how often chance alone brings values as far apart");

  static final List<Field<Levels<Rule>>> ALL =
      List.of(
          Field.optional(
              "most_common",
              new Mapped<>(
                  new Fields<>("{ in: [a, b], share: [10%, 60%] }", List.of(IN, SHARE), r -> r),
                  "a mapping such as { in: [a, b] } (or share: [10%, 60%], or both)",
                  FrequencyShapes::mostCommon),
              "The most common value is one of these, or as common as this"),
          distribution(
              Distance.TOTAL_VARIATION,
              SHARES_OF,
              "a mapping such as { of: { a: 60%, b: 40% }, at_most: 5% }",
              "The share of the values that would have to be others for the distribution to be"
                  + " the other one"),
          distribution(
              Distance.KOLMOGOROV_SMIRNOV,
              SHARES_UP_TO,
              "a mapping such as { of: { 10: 25%, 60: 90% }, at_most: 5% }",
              "The largest difference of the shares of numbers that are not above the same one"),
          divergence(
              Distance.POPULATION_STABILITY_INDEX,
              NUMBER_AT_MOST,
              "a mapping such as { of: { a: 60%, b: 40% }, at_most: 0.2 } (or up_to)",
              "The population stability index, of values or of ten parts of numbers"),
          divergence(
              Distance.KULLBACK_LEIBLER,
              NUMBER_AT_MOST,
              "a mapping such as { of: { a: 60%, b: 40% }, at_most: 0.1 } (or up_to)",
              "The divergence of Kullback and Leibler from what is expected, in natural units"),
          divergence(
              Distance.CHI_SQUARE,
              P_AT_LEAST,
              "a mapping such as { of: { a: 60%, b: 40% }, p_at_least: 1% } (or up_to)",
              "The p-value of a test by chi square; for few rows, of many it is never large"));

  private FrequencyShapes() {}

  private static Field<Levels<BigDecimal>> atMost(Scalar<BigDecimal> number) {
    return Field.required(
        "at_most",
        Levels.shape(number, (warn, error) -> warn.compareTo(error) <= 0),
        "The largest distance");
  }

  private static BigDecimal notNegative(String text) {
    BigDecimal number = Literals.requireNumber(text);
    require(number.signum() >= 0, "'%s' is negative".formatted(text));
    return number;
  }

  private static Levels<Rule> mostCommon(Reading r) {
    List<String> values = r.find(IN).orElse(List.of());
    require(r.keys().contains("in") || r.keys().contains("share"), "it has neither in nor share");
    require(
        !r.keys().contains("in") || !values.isEmpty() && values.size() <= MetricShapes.MOST_VALUES,
        "in has no value, or too many");
    return r.find(SHARE)
        .map(both -> both.map(share -> (Rule) new MostCommon(values, Optional.of(share))))
        .orElseGet(() -> Levels.of(new MostCommon(values, Optional.empty())));
  }

  private static Field<Levels<Rule>> distribution(
      Distance distance, Field<Map<String, BigDecimal>> of, String expects, String doc) {
    Places places = distance == Distance.TOTAL_VARIATION ? Places.VALUES : Places.UP_TO;
    return Field.optional(
        distance.keyword(),
        new Mapped<>(
            new Fields<>(expects, List.of(of, AT_MOST), r -> r),
            expects,
            r -> rule(distance, places, declared(r, of, places), r.get(AT_MOST))),
        doc);
  }

  private static Field<Levels<Rule>> divergence(
      Distance distance, Field<Levels<BigDecimal>> limit, String expects, String doc) {
    return Field.optional(
        distance.keyword(),
        new Mapped<>(
            new Fields<>(expects, List.of(SHARES_OF, UP_TO, limit), r -> r),
            expects,
            r -> {
              boolean upTo = r.keys().contains("up_to");
              require(!upTo || !r.keys().contains("of"), "it has both of and up_to");
              Places places = upTo ? Places.UP_TO : Places.VALUES;
              Map<String, BigDecimal> declared = declared(r, upTo ? UP_TO : SHARES_OF, places);
              return rule(distance, places, declared, r.get(limit));
            }),
        doc);
  }

  private static Levels<Rule> rule(
      Distance distance,
      Places places,
      Map<String, BigDecimal> declared,
      Levels<BigDecimal> limits) {
    return limits.map(limit -> (Rule) new Distribution(distance, places, declared, limit));
  }

  private static Map<String, BigDecimal> declared(
      Reading r, Field<Map<String, BigDecimal>> field, Places places) {
    Map<String, BigDecimal> declared = r.find(field).orElse(Map.of());
    String name = field.name();
    require(!r.keys().contains(name) || !declared.isEmpty(), name + " has no value");
    require(declared.size() <= MetricShapes.MOST_VALUES, name + " has too many values");
    requireShares(places, declared);
    return declared;
  }

  private static void requireShares(Places places, Map<String, BigDecimal> declared) {
    if (places == Places.VALUES) {
      BigDecimal sum = declared.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      require(sum.compareTo(BigDecimal.ONE) <= 0, "the shares are more than 100%");
    } else {
      requireAscending(declared.keySet().stream().map(Literals::requireNumber).toList());
      requireNotFalling(List.copyOf(declared.values()));
    }
  }

  private static void requireAscending(List<BigDecimal> numbers) {
    for (int i = 1; i < numbers.size(); i++) {
      require(
          numbers.get(i - 1).compareTo(numbers.get(i)) < 0,
          "each number must be larger than the one before");
    }
  }

  private static void requireNotFalling(List<BigDecimal> shares) {
    for (int i = 1; i < shares.size(); i++) {
      require(
          shares.get(i - 1).compareTo(shares.get(i)) <= 0,
          "a larger number can't have a smaller share");
    }
  }
}
