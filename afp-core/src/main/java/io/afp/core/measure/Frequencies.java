package io.afp.core.measure;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often each value occurs, as long as there are few.
 *
 * @param judged how many values there were
 * @param counts how often each occurs; empty when there are more than {@link #MOST}
 */
public record Frequencies(long judged, SortedMap<String, Long> counts) implements State {

  /** How many different values are told apart. */
  public static final int MOST = 1_000;

  public Frequencies {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /** Those of no rows. */
  public static Frequencies none() {
    return of(0, Map.of());
  }

  /** Those of counts that may be too many. */
  public static Frequencies of(long judged, Map<String, Long> counts) {
    return new Frequencies(judged, counts.size() > MOST ? new TreeMap<>() : new TreeMap<>(counts));
  }

  /** Whether there are more different values than are told apart. */
  public boolean tooMany() {
    return judged > 0 && counts.isEmpty();
  }

  @Override
  public OptionalDouble value() {
    return tooMany() ? OptionalDouble.empty() : OptionalDouble.of(counts.size());
  }

  @Override
  public Frequencies plus(State other) {
    Frequencies more = (Frequencies) other;
    Map<String, Long> all = new TreeMap<>();
    if (!tooMany() && !more.tooMany()) {
      all.putAll(counts);
      more.counts.forEach((value, count) -> all.merge(value, count, Long::sum));
    }
    return of(judged + more.judged, all);
  }
}
