package io.afp.core.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How different two distributions over the same buckets are, by the logarithms of their shares or
 * by chance.
 */
record Divergence(List<Bucket> buckets) {

  /** What is this rare tells nothing of chance by itself. */
  private static final double RARE = 5;

  private static final double HALF = 0.5;
  private static final Bucket NONE = new Bucket(0, 0);

  Divergence {
    buckets = List.copyOf(buckets);
  }

  /**
   * A part of the values.
   *
   * @param found how many are in it
   * @param expected how many were in it before, or would be among as many values
   */
  record Bucket(double found, double expected) {
    private Bucket plus(Bucket other) {
      return new Bucket(found + other.found, expected + other.expected);
    }
  }

  /** The population stability index. */
  double thereAndBack() {
    return sum((p, q) -> (p - q) * Math.log(p / q));
  }

  /** The divergence of Kullback and Leibler of what was found from what was expected. */
  double fromExpected() {
    return Math.max(0, sum((p, q) -> p * Math.log(p / q)));
  }

  /** Of two shares. */
  private interface Term {
    double of(double found, double expected);
  }

  /** Each bucket has half a value more, on both sides, so that none is empty. */
  private double sum(Term term) {
    double found = total(Bucket::found) + HALF * buckets.size();
    double expected = total(Bucket::expected) + HALF * buckets.size();
    return buckets.stream()
        .mapToDouble(b -> term.of((b.found + HALF) / found, (b.expected + HALF) / expected))
        .sum();
  }

  /** The p-value of Pearson's test; 0 where something was found that must not be. */
  double chanceOfDeclared() {
    if (buckets.stream().anyMatch(b -> b.expected <= 0 && b.found > 0)) {
      return 0;
    }
    List<Bucket> told = told(Bucket::expected, Bucket::found);
    double square = told.stream().mapToDouble(b -> square(b.found - b.expected) / b.expected).sum();
    return ChiSquared.exceeds(square, told.size() - 1);
  }

  /** The p-value of Pearson's test of two samples. */
  double chanceOfOther() {
    double found = total(Bucket::found);
    double expected = total(Bucket::expected);
    double smaller = Math.min(found, expected) / (found + expected);
    ToDoubleFunction<Bucket> seen = found <= expected ? Bucket::found : Bucket::expected;
    List<Bucket> told = told(b -> smaller * (b.found + b.expected), seen);
    double ratio = Math.sqrt(expected / found);
    double square =
        told.stream()
            .mapToDouble(b -> square(ratio * b.found - b.expected / ratio) / (b.found + b.expected))
            .sum();
    return ChiSquared.exceeds(square, told.size() - 1);
  }

  /**
   * Buckets that should occur often enough, by themselves or several together; what occurs decides
   * nothing but whether the rest of all is one by itself, or a test would find what it chose.
   */
  private List<Bucket> told(ToDoubleFunction<Bucket> expected, ToDoubleFunction<Bucket> seen) {
    List<Bucket> told = new ArrayList<>();
    Bucket rare = NONE;
    for (Bucket each : sorted(expected)) {
      rare = rare.plus(each);
      if (expected.applyAsDouble(rare) >= RARE) {
        told.add(rare);
        rare = NONE;
      }
    }
    if (told.isEmpty() || seen.applyAsDouble(rare) >= RARE) {
      told.add(rare);
    } else if (!rare.equals(NONE)) {
      Bucket least = Collections.min(told, Comparator.comparingDouble(expected));
      told.set(told.indexOf(least), least.plus(rare));
    }
    return told;
  }

  /** The most common first: only after those are any taken together. */
  private List<Bucket> sorted(ToDoubleFunction<Bucket> expected) {
    return buckets.stream()
        .filter(b -> b.found + b.expected > 0)
        .sorted(Comparator.comparingDouble(expected).reversed())
        .toList();
  }

  private double total(ToDoubleFunction<Bucket> number) {
    return buckets.stream().mapToDouble(number).sum();
  }

  private static double square(double number) {
    return number * number;
  }
}
