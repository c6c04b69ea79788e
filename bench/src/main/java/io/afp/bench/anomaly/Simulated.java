package io.afp.bench.anomaly;

import io.afp.core.measure.Point;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A year of daily numbers of rows, around 10,000, in which nothing is wrong. */
enum Simulated {
  STATIONARY("stationary, normal, deviation 5 %") {
    @Override
    double value(LocalDateTime at, int day, Noise noise) {
      return LEVEL * (1 + DEVIATION * noise.normal());
    }
  },
  TREND("grows by 0.2 % a day, deviation 5 %") {
    @Override
    double value(LocalDateTime at, int day, Noise noise) {
      return LEVEL * (1 + 0.002 * day) * (1 + DEVIATION * noise.normal());
    }
  },
  WEEK("30 % less on Saturdays and Sundays, deviation 5 %") {
    @Override
    double value(LocalDateTime at, int day, Noise noise) {
      double weekend = at.getDayOfWeek().getValue() >= 6 ? 0.7 : 1;
      return LEVEL * weekend * (1 + DEVIATION * noise.normal());
    }
  },
  HEAVY("heavy tails: Student's t of 3 degrees of freedom, times 5 %") {
    @Override
    double value(LocalDateTime at, int day, Noise noise) {
      return LEVEL * (1 + DEVIATION * noise.heavy());
    }
  },
  DRIFTING("each day near the one before: autoregressive, 0.7, deviation 5 %") {
    @Override
    double value(LocalDateTime at, int day, Noise noise) {
      return LEVEL * (1 + DEVIATION * noise.drifting());
    }
  };

  private static final double LEVEL = 10_000;
  private static final double DEVIATION = 0.05;
  private static final int DAYS = 365;
  private static final LocalDate FIRST = LocalDate.of(2013, 1, 1);

  private final String title;

  Simulated(String title) {
    this.title = title;
  }

  abstract double value(LocalDateTime at, int day, Noise noise);

  String title() {
    return title;
  }

  /** A year by chance; the same for the same number. */
  List<Point> year(int number) {
    Noise noise = new Noise(new Random(31L * number + ordinal()));
    List<Point> year = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      LocalDateTime at = FIRST.plusDays(day).atStartOfDay();
      double value = Math.max(0, Math.rint(value(at, day, noise)));
      year.add(new Point(at.toLocalDate().toString(), at, value));
    }
    return year;
  }

  /** Chance, with a standard deviation of 1 where it has one. */
  static final class Noise {
    private static final double KEPT = 0.7;

    private final Random random;
    private double last;

    Noise(Random random) {
      this.random = random;
    }

    double normal() {
      return random.nextGaussian();
    }

    double heavy() {
      double squares = 0;
      for (int i = 0; i < 3; i++) {
        squares += Math.pow(random.nextGaussian(), 2);
      }
      return random.nextGaussian() / Math.sqrt(squares / 3);
    }

    double drifting() {
      last = KEPT * last + Math.sqrt(1 - KEPT * KEPT) * random.nextGaussian();
      return last;
    }
  }
}
