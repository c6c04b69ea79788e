package io.afp.core.job;

import java.util.List;
import java.util.stream.LongStream;

/** Some of many: the first, the last, and others at equal distances between them. */
public final class Spread {

  private Spread() {}

  /** So many of them, in order; all where there are no more. */
  public static <T> List<T> of(List<T> all, int most) {
    return all.size() <= most
        ? all
        : LongStream.range(0, most)
            .mapToObj(i -> all.get((int) (i * (all.size() - 1) / (most - 1))))
            .toList();
  }
}
