package io.afp.core.measure;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The smallest and the largest value, exactly.
 *
 * @param type how the values are written and ordered
 * @param judged how many values there were
 * @param bounds the smallest and the largest value as texts; empty when there is no value
 */
public record Extremes(Type type, long judged, List<String> bounds) implements State {

  public Extremes {
    bounds = List.copyOf(bounds);
  }

  /** What the values are. NaN is the largest of numbers, as for Spark. */
  public enum Type {
    LONG(by(Long::valueOf)),
    DOUBLE(by(Double::valueOf)),
    DECIMAL(by(BigDecimal::new)),
    DATE(by(LocalDate::parse)),
    /** A moment; a local time as if it were in UTC. */
    TIMESTAMP(by(Instant::parse)),
    /** Texts, ordered by their bytes in UTF-8. */
    TEXT((a, b) -> Arrays.compareUnsigned(bytes(a), bytes(b)));

    private final Comparator<String> order;

    Type(Comparator<String> order) {
      this.order = order;
    }

    /** Compares two values by their order. */
    public int compare(String a, String b) {
      return order.compare(a, b);
    }

    private static <T extends Comparable<? super T>> Comparator<String> by(
        Function<String, T> value) {
      return Comparator.comparing(value);
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Those of no rows. */
  public static Extremes none() {
    return new Extremes(Type.LONG, 0, List.of());
  }

  /** The smallest value. */
  public Optional<String> min() {
    return bounds.stream().findFirst();
  }

  /** The largest value. */
  public Optional<String> max() {
    return bounds.isEmpty() ? Optional.empty() : Optional.of(bounds.get(1));
  }

  @Override
  public OptionalDouble value() {
    return OptionalDouble.empty();
  }

  @Override
  public Extremes plus(State other) {
    Extremes more = (Extremes) other;
    if (bounds.isEmpty()) {
      return more;
    }
    if (more.bounds.isEmpty()) {
      return this;
    }
    String min =
        type.order.compare(more.bounds.get(0), bounds.get(0)) < 0
            ? more.bounds.get(0)
            : bounds.get(0);
    String max =
        type.order.compare(more.bounds.get(1), bounds.get(1)) > 0
            ? more.bounds.get(1)
            : bounds.get(1);
    return new Extremes(type, judged + more.judged, List.of(min, max));
  }
}
