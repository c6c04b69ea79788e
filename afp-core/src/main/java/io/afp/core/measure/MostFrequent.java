package io.afp.core.measure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;

/**
 * What occurs most often.
 *
 * @param values each value that occurs as often as no other; at least one
 * @param count how often one of them occurs
 * @param judged how many values there were
 */
public record MostFrequent(List<String> values, long count, long judged) {

  public MostFrequent {
    values = List.copyOf(values);
  }

  /** That of some values; empty where there were none, or more different ones than are counted. */
  public static Optional<MostFrequent> of(Frequencies found) {
    return found.counts().values().stream()
        .max(Long::compare)
        .map(most -> new MostFrequent(values(found, most), most, found.judged()));
  }

  private static List<String> values(Frequencies found, long count) {
    return found.counts().entrySet().stream()
        .filter(each -> each.getValue() == count)
        .map(Entry::getKey)
        .toList();
  }

  /** The part of all values that one of them is. */
  public BigDecimal share() {
    return BigDecimal.valueOf(count).divide(BigDecimal.valueOf(judged), MathContext.DECIMAL64);
  }
}
