package io.afp.core.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * About how many different values there are: the registers of HyperLogLog++ with the precision and
 * in the form that Spark and Deequ have, ten of six bits in a word.
 *
 * @param judged how many values there were
 */
public record Distinct(long judged, List<Long> words) implements State {

  /** The number of bits of a hash that choose its register. */
  public static final int PRECISION = 9;

  /** How many registers a word has. */
  public static final int REGISTERS = 10;

  /** How many bits a register has. */
  public static final int BITS = 6;

  /** How many words there are. */
  public static final int WORDS = (1 << PRECISION) / REGISTERS + 1;

  private static final long REGISTER = (1L << BITS) - 1;

  public Distinct {
    words = List.copyOf(words);
  }

  /** That of no rows. */
  public static Distinct none() {
    return new Distinct(0, Collections.nCopies(WORDS, 0L));
  }

  @Override
  public OptionalDouble value() {
    return OptionalDouble.empty();
  }

  @Override
  public Distinct plus(State other) {
    Distinct more = (Distinct) other;
    List<Long> larger = new ArrayList<>(WORDS);
    for (int i = 0; i < words.size(); i++) {
      larger.add(larger(words.get(i), more.words.get(i)));
    }
    return new Distinct(judged + more.judged, larger);
  }

  private static long larger(long a, long b) {
    long word = 0;
    for (int shift = 0; shift < REGISTERS * BITS; shift += BITS) {
      long register = REGISTER << shift;
      word |= Math.max((a & register) >>> shift, (b & register) >>> shift) << shift;
    }
    return word;
  }
}
