package io.afp.core.measure;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * About which value a share of the numbers is below: a summary of Greenwald and Khanna, as Spark's
 * {@code percentile_approx} and Deequ have it.
 *
 * @param judged how many numbers there were
 * @param error by how much the rank of an answer may be wrong, as a share of all
 * @param samples some of the numbers, in their order
 */
public record Quantiles(long judged, double error, List<Sample> samples) implements State {

  /**
   * A number that was kept.
   *
   * @param g how many numbers it stands for
   * @param delta how much its rank is unsure by
   */
  public record Sample(double value, long g, long delta) implements Serializable {}

  public Quantiles {
    samples = List.copyOf(samples);
  }

  /** That of no rows. */
  public static Quantiles none(double error) {
    return new Quantiles(0, error, List.of());
  }

  @Override
  public OptionalDouble value() {
    return OptionalDouble.empty();
  }

  /**
   * One of the numbers, whose rank is that share of all, but for the error.
   *
   * @param share from 0 to 1
   */
  public OptionalDouble at(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * judged));
    double unsure = samples.stream().mapToLong(s -> s.g + s.delta).max().orElse(0) / 2.0;
    long smallest = 0;
    for (Sample sample : samples) {
      smallest += sample.g;
      if (smallest + sample.delta - unsure <= rank && rank <= smallest + unsure) {
        return OptionalDouble.of(sample.value);
      }
    }
    return samples.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(samples.get(samples.size() - 1).value);
  }

  /** About which share of the numbers is not above one. */
  double shareUpTo(double number) {
    long least = 0; // this many are not above it for certain
    for (Sample sample : samples) {
      if (Double.compare(sample.value, number) > 0) {
        long most = least + sample.g + sample.delta - 1;
        return least == 0 ? 0 : (least + most) / 2.0 / judged;
      }
      least += sample.g;
    }
    return samples.isEmpty() ? 0 : 1;
  }

  /** As Spark merges them. */
  @Override
  public Quantiles plus(State other) {
    Quantiles more = (Quantiles) other;
    if (judged == 0 || more.judged == 0) {
      return judged == 0 ? more : this;
    }
    double larger = Math.max(error, more.error);
    long all = judged + more.judged;
    return new Quantiles(all, larger, compressed(merged(more), 2 * larger * all));
  }

  private List<Sample> merged(Quantiles more) {
    long ownUnsure = (long) Math.floor(2 * more.error * more.judged);
    long otherUnsure = (long) Math.floor(2 * error * judged);
    List<Sample> merged = new ArrayList<>(samples.size() + more.samples.size());
    int own = 0;
    int others = 0;
    while (own < samples.size() && others < more.samples.size()) {
      Sample a = samples.get(own);
      Sample b = more.samples.get(others);
      if (a.value < b.value) {
        own++;
        merged.add(new Sample(a.value, a.g, a.delta + (others > 0 ? ownUnsure : 0)));
      } else {
        others++;
        merged.add(new Sample(b.value, b.g, b.delta + (own > 0 ? otherUnsure : 0)));
      }
    }
    merged.addAll(samples.subList(own, samples.size()));
    merged.addAll(more.samples.subList(others, more.samples.size()));
    return merged;
  }

  /** From the largest on, each stands for those before it as long as the error allows. */
  private static List<Sample> compressed(List<Sample> all, double most) {
    List<Sample> kept = new ArrayList<>();
    Sample head = all.get(all.size() - 1);
    for (int i = all.size() - 2; i >= 1; i--) {
      Sample sample = all.get(i);
      if (sample.g + head.g + head.delta < most) {
        head = new Sample(head.value, head.g + sample.g, head.delta);
      } else {
        kept.add(head);
        head = sample;
      }
    }
    kept.add(head);
    if (all.get(0).value <= head.value && all.size() > 1) {
      kept.add(all.get(0));
    }
    Collections.reverse(kept);
    return kept;
  }
}
