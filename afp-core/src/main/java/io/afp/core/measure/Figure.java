package io.afp.core.measure;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.Literals;
import io.afp.core.definition.MetricRule.Association;
import io.afp.core.definition.MetricRule.DistinctSet;
import io.afp.core.definition.MetricRule.Distribution;
import io.afp.core.definition.MetricRule.Link;
import io.afp.core.definition.MetricRule.MostCommon;
import io.afp.core.definition.MetricRule.Quantile;
import io.afp.core.definition.MetricRule.Statistical;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The number that a rule asks of what was measured.
 *
 * @param text how it is shown; empty where there is no number
 * @param exact the number; empty where there is none, or it is not finite
 */
public record Figure(Optional<String> text, Optional<BigDecimal> exact) {

  private static final int DIGITS = 12;
  private static final Figure NONE = new Figure(Optional.empty(), Optional.empty());

  /** That of a rule; for one that asks for no number what its state has to show, if anything. */
  public static Figure of(CheckDef.Rule rule, State state) {
    if (state.judged() == 0) {
      return NONE;
    }
    if (rule instanceof Statistical statistical) {
      return of(statistical, state);
    }
    if (rule instanceof CheckDef.Fresh) {
      return of(((Extremes) state).max());
    }
    if (rule instanceof MostCommon) {
      return MostFrequent.of((Frequencies) state).map(most -> of(most.share())).orElse(NONE);
    }
    if (rule instanceof Association association) {
      return of(association, state);
    }
    if (rule instanceof DistinctSet) {
      return NONE; // its state counts places of literals, and how many there are says nothing
    }
    if (rule instanceof Distribution distribution) {
      return Distances.fromDeclared(distribution, state).map(Figure::of).orElse(NONE);
    }
    OptionalDouble value =
        rule instanceof Quantile quantile
            ? ((Quantiles) state).at(quantile.share().doubleValue())
            : state.value();
    return value.isPresent() ? of(value.getAsDouble()) : NONE;
  }

  private static Figure of(Association rule, State state) {
    Optional<Double> number =
        rule.link() == Link.CORRELATION
            ? ((Comoments) state).correlation()
            : Contingency.of((Frequencies) state).flatMap(pairs -> of(rule.link(), pairs));
    return number.map(Figure::rounded).orElse(NONE);
  }

  /** Rounded, so that what is 1 but for its last digits is 1. */
  private static Figure rounded(double number) {
    return Double.isFinite(number)
        ? of(BigDecimal.valueOf(number).setScale(DIGITS, RoundingMode.HALF_EVEN))
        : of(number);
  }

  private static Optional<Double> of(Link link, Contingency pairs) {
    return link == Link.CRAMERS_V ? pairs.cramersV() : Optional.of(pairs.mutualInformation());
  }

  private static Figure of(Statistical rule, State state) {
    return switch (rule.statistic()) {
      case MIN -> of(((Extremes) state).min());
      case MAX -> of(((Extremes) state).max());
      case MEAN -> mean((Moments) state);
      case SUM -> sum((Moments) state);
      case STDDEV -> ((Moments) state).sampleDeviation().map(Figure::asShown).orElse(NONE);
      case VARIANCE -> ((Moments) state).sampleVariance().map(Figure::asShown).orElse(NONE);
      case SKEWNESS -> ((Moments) state).skewness().map(Figure::rounded).orElse(NONE);
      case KURTOSIS -> ((Moments) state).kurtosis().map(Figure::rounded).orElse(NONE);
      case RANGE -> range((Extremes) state);
      case MEDIAN -> of(((Quantiles) state).at(0.5).orElseThrow());
      case INTERQUARTILE_RANGE -> between((Quantiles) state, 0.25, 0.75);
      case DISTINCT -> distinct((Frequencies) state);
      case DISTINCT_SHARE -> NONE;
      case ENTROPY -> Entropy.of((Frequencies) state).map(Figure::rounded).orElse(NONE);
    };
  }

  private static Figure range(Extremes extremes) {
    String min = extremes.min().orElseThrow();
    String max = extremes.max().orElseThrow();
    Optional<BigDecimal> exact =
        Literals.number(max).flatMap(m -> Literals.number(min).map(m::subtract));
    return exact
        .map(Figure::of)
        .orElseGet(() -> of(Double.parseDouble(max) - Double.parseDouble(min)));
  }

  /** The difference of what is shown of each, as people subtract them. */
  private static Figure between(Quantiles numbers, double from, double to) {
    double low = numbers.at(from).orElseThrow();
    double high = numbers.at(to).orElseThrow();
    return Double.isFinite(low) && Double.isFinite(high)
        ? of(BigDecimal.valueOf(high).subtract(BigDecimal.valueOf(low)))
        : of(high - low);
  }

  private static Figure distinct(Frequencies values) {
    return values.tooMany() ? NONE : of(values.counts().size());
  }

  private static Figure of(Optional<String> value) {
    return new Figure(value, value.flatMap(Literals::number));
  }

  private static Figure mean(Moments moments) {
    return moments.isExact()
        ? of(moments.exact().divide(BigDecimal.valueOf(moments.judged()), MathContext.DECIMAL128))
        : asShown(moments.mean());
  }

  private static Figure sum(Moments moments) {
    return moments.isExact() ? of(moments.exact()) : asShown(moments.sum());
  }

  private static Figure of(double value) {
    return Double.isFinite(value)
        ? of(BigDecimal.valueOf(value))
        : new Figure(Optional.of(Double.toString(value)), Optional.empty());
  }

  /** Judged by the digits that are shown: those behind them are what floating point makes. */
  private static Figure asShown(double value) {
    return Double.isFinite(value) ? of(shown(BigDecimal.valueOf(value))) : of(value);
  }

  private static Figure of(BigDecimal number) {
    BigDecimal shown = shown(number);
    BigDecimal plain = shown.signum() == 0 ? BigDecimal.ZERO : shown.stripTrailingZeros();
    return new Figure(Optional.of(plain.toPlainString()), Optional.of(number));
  }

  private static BigDecimal shown(BigDecimal number) {
    return number.precision() - number.scale() > DIGITS
        ? number
        : number.round(new MathContext(DIGITS, RoundingMode.HALF_UP));
  }

  /** How a number is shown. */
  public static String text(double value) {
    return of(value).text.orElseThrow();
  }

  /** The number as people and charts take it. */
  public OptionalDouble value() {
    return exact.isPresent()
        ? OptionalDouble.of(exact.get().doubleValue())
        : OptionalDouble.empty();
  }
}
