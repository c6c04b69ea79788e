package io.afp.quality;

import io.afp.core.definition.Bounds;
import io.afp.core.definition.CheckDef;
import io.afp.core.definition.MetricRule;
import io.afp.core.definition.OrderRule;
import io.afp.core.definition.RowRule;
import io.afp.core.definition.TableName;
import io.afp.core.definition.ValueRule;
import io.afp.core.error.Count;
import io.afp.core.ledger.Metric;
import io.afp.core.measure.Frequencies;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalLong;

/** What was found, as a sentence. */
final class Messages {

  private static final int DIGITS = 4;

  private Messages() {}

  static String of(CheckDef check, Metric metric) {
    if (check.rule() instanceof CheckDef.Rows rows) {
      long written = metric.matches();
      return "%d %s%s %s written, allowed are %s to %s"
          .formatted(
              written,
              Count.noun(written, "row"),
              where(check),
              written == 1 ? "was" : "were",
              rows.min().isPresent() ? rows.min().getAsLong() : "0",
              rows.max().isPresent() ? rows.max().getAsLong() : "any number");
    }
    long failed = metric.judged() - metric.matches();
    return "%d of %d %s%s %s %s, %s must obey, %s do"
        .formatted(
            failed,
            metric.judged(),
            Count.noun(metric.judged(), "row"),
            where(check),
            failed == 1 ? "breaks" : "break",
            rule(check),
            percent(check.atLeast()),
            percent(share(metric.matches(), metric.judged())));
  }

  /** The same where the rows that break it were kept out. */
  static String ofQuarantine(CheckDef check, Metric metric, TableName table) {
    long failed = metric.judged() - metric.matches();
    return failed == 0
        ? of(check, metric)
        : "%s; %s in %s"
            .formatted(of(check, metric), failed == 1 ? "it is" : "they are", table.quarantine());
  }

  /** What a number is, and what it may be. */
  static String ofNumber(CheckDef check, String number, Bounds bounds) {
    return "%s%s is %s, allowed is %s".formatted(named(check.rule()), where(check), number, bounds);
  }

  private static String named(CheckDef.Rule rule) {
    if (rule instanceof MetricRule.Quantile quantile) {
      return "the quantile of " + percent(quantile.share());
    }
    if (rule instanceof MetricRule.Statistical statistical) {
      return switch (statistical.statistic()) {
        case MIN -> "the smallest value";
        case MAX -> "the largest value";
        case STDDEV -> "the standard deviation";
        case DISTINCT -> "the number of different values";
        case DISTINCT_SHARE -> "the share of different values";
        default -> "the " + rule.keyword().replace('_', ' ');
      };
    }
    return rule instanceof MetricRule.Association association
        ? "the %s of %s".formatted(rule.keyword().replace('_', ' '), association.columns())
        : "the " + rule.keyword();
  }

  /** Why nothing can be said of values that are told apart. */
  static String tooManyValues() {
    return "the column has more than %d different values, which are too many to be compared"
        .formatted(Frequencies.MOST);
  }

  /** How far distributions are apart, and how far they may be. */
  static String ofDistance(
      CheckDef check, MetricRule.Distribution rule, BigDecimal apart, String compared) {
    String keyword = rule.keyword().replace('_', ' ');
    String where = where(check);
    return switch (rule.distance()) {
      case TOTAL_VARIATION, KOLMOGOROV_SMIRNOV ->
          "the %s distance%s is %s of %s, allowed is %s"
              .formatted(keyword, where, percentOrMore(apart), compared, percent(rule.limit()));
      case POPULATION_STABILITY_INDEX, KULLBACK_LEIBLER ->
          "the %s%s is %s of %s, allowed is %s"
              .formatted(
                  rule.distance() == MetricRule.Distance.KULLBACK_LEIBLER
                      ? keyword + " divergence"
                      : keyword,
                  where,
                  rounded(apart, RoundingMode.UP).toPlainString(),
                  compared,
                  rule.limit().toPlainString());
      case CHI_SQUARE ->
          "the p-value of %s%s is %s of %s, %s or more is allowed"
              .formatted(keyword, where, percent(apart), compared, percent(rule.limit()));
    };
  }

  /** The rows that are judged, as the end of "rows". */
  static String where(CheckDef check) {
    return check.where().map(where -> " where `" + where + "`").orElse("");
  }

  static String rule(CheckDef check) {
    if (check.rule() instanceof CheckDef.Custom custom) {
      return custom.type() + (custom.arguments().isEmpty() ? "" : " " + custom.arguments());
    }
    if (check.rule() instanceof RowRule rule) {
      return rule(rule);
    }
    return check.rule() instanceof ValueRule rule ? rule(rule) : ofMany(check);
  }

  private static String rule(ValueRule rule) {
    String keyword = rule.keyword().replace('_', ' ');
    if (rule instanceof ValueRule.NotIn notIn) {
      return keyword + " " + notIn.values();
    }
    if (rule instanceof ValueRule.Above above) {
      return keyword + " " + above.bound();
    }
    if (rule instanceof ValueRule.Below below) {
      return keyword + " " + below.bound();
    }
    if (rule instanceof ValueRule.Text text) {
      return keyword + " " + text.patterns();
    }
    if (rule instanceof ValueRule.Format format) {
      return keyword + " " + format.format().name().toLowerCase(Locale.ROOT);
    }
    return rule instanceof ValueRule.ParsesAs as
        ? keyword + " " + as.type() + as.format().map(" "::concat).orElse("")
        : keyword;
  }

  private static String rule(RowRule rule) {
    String columns = rule.keyword().replace('_', ' ') + " " + rule.columns();
    if (rule instanceof RowRule.Combination combination) {
      return columns + " in " + combination.values();
    }
    return rule instanceof RowRule.Sum sum
        ? sum.total()
            .map(total -> columns + " equals " + total)
            .orElseGet(() -> columns + " between " + sum.bounds().orElseThrow())
        : columns;
  }

  private static String ofMany(CheckDef check) {
    if (check.rule() instanceof CheckDef.Between between) {
      return "between %s and %s"
          .formatted(between.min().orElse("any"), between.max().orElse("any"));
    }
    if (check.rule() instanceof CheckDef.In in) {
      return "in " + in.values();
    }
    if (check.rule() instanceof CheckDef.Matches matches) {
      return "matches `" + matches.regex() + "`";
    }
    if (check.rule() instanceof CheckDef.Length length) {
      return "length between %s and %s".formatted(bound(length.min()), bound(length.max()));
    }
    if (check.rule() instanceof CheckDef.Sql sql) {
      return "`" + sql.predicate() + "`";
    }
    if (check.rule() instanceof CheckDef.References references) {
      return "references %s.%s".formatted(references.table(), references.column());
    }
    if (check.rule() instanceof OrderRule order) {
      String each = order.each().isEmpty() ? "" : " in each " + order.each();
      return "%s by %s%s".formatted(order.keyword(), order.by(), each);
    }
    if (check.rule() instanceof CheckDef.Key key) {
      return "the key " + key.columns();
    }
    return check.rule().keyword();
  }

  private static String bound(OptionalLong bound) {
    return bound.isPresent() ? Long.toString(bound.getAsLong()) : "any";
  }

  /** The share of rows that obey; all, where none was judged. */
  static BigDecimal share(long matches, long judged) {
    return judged == 0
        ? BigDecimal.ONE
        : BigDecimal.valueOf(matches)
            .divide(BigDecimal.valueOf(judged), DIGITS + 6, RoundingMode.DOWN);
  }

  /** Rounded down, so that 99.9999 % never reads as all. */
  static String percent(BigDecimal share) {
    return percent(share, RoundingMode.DOWN);
  }

  /** Rounded up, so that what is larger than 5 % never reads as that. */
  static String percentOrMore(BigDecimal share) {
    return percent(share, RoundingMode.UP);
  }

  private static String percent(BigDecimal share, RoundingMode rounding) {
    return rounded(share.movePointRight(2), rounding).toPlainString() + " %";
  }

  private static BigDecimal rounded(BigDecimal number, RoundingMode rounding) {
    return number.setScale(DIGITS, rounding).stripTrailingZeros();
  }
}
