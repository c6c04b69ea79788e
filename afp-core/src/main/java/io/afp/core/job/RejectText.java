package io.afp.core.job;

import io.afp.core.definition.RejectsDef;
import io.afp.core.definition.TableDef;
import io.afp.core.error.Count;
import io.afp.core.lake.ReasonWords;
import io.afp.core.ledger.RejectCount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Rejects in the words of a message. */
final class RejectText {

  private static final int FIRST = 3;

  private RejectText() {}

  /** How many are allowed: {@code 1 %}, or {@code 1 % and 100 rows}. */
  static String limits(RejectsDef limits) {
    String share = percent(limits.atMost());
    return limits.max().isPresent()
        ? "%s and %s".formatted(share, Count.of(limits.max().getAsLong(), "row"))
        : share;
  }

  private static String percent(BigDecimal share) {
    return share
            .movePointRight(2)
            .setScale(6, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  /** A reason as a sentence. */
  static String sentence(TableDef table, String column, String reason, String value) {
    return sentence(column, ReasonWords.sentence(table, column, reason, value));
  }

  /** The same in words that were found already. */
  static String sentence(String column, String words) {
    return "%s: %s".formatted(column.isEmpty() ? "the record" : column, words);
  }

  /** Why, the most frequent first, behind a colon; nothing where there is no reason. */
  static String first(List<RejectCount> reasons) {
    String text =
        reasons.stream()
            .sorted(Comparator.comparingLong(RejectCount::rows).reversed())
            .limit(FIRST)
            .map(r -> "%s (%d)".formatted((r.column() + " " + r.reason()).strip(), r.rows()))
            .collect(Collectors.joining(", "));
    String more = reasons.size() > FIRST ? ", …" : "";
    return text.isEmpty() ? "" : ": " + text + more;
  }
}
