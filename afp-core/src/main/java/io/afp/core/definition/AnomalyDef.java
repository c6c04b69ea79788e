package io.afp.core.definition;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * What is watched, and how far from its history it may be.
 *
 * @param of what is measured of each unit, or of each run of a table without intervals
 * @param method how bounds are made of the points before
 * @param limit for {@link Method#CHANGE} the share by which it may change; else how many standard
 *     deviations it may be away
 * @param season the points that a point is compared with
 * @param minPoints how many of these there must be, until which nothing is judged
 * @param last of how many of these, at most, bounds are made
 * @param tolerance the share of the expected value by which it may always be away
 */
public record AnomalyDef(
    Quantity of,
    Method method,
    BigDecimal limit,
    Season season,
    int minPoints,
    int last,
    BigDecimal tolerance) {

  /** What is measured. */
  public enum Quantity {
    /** How many rows there are. */
    ROWS,
    /** The share of rows whose value is not null. */
    COMPLETENESS,
    /** The mean of the values. */
    MEAN,
    /** The sum of the values. */
    SUM,
    /** The standard deviation of the values. */
    DEVIATION,
    /** The smallest value. */
    MIN,
    /** The largest value. */
    MAX;

    /** Those of a column. */
    public static final List<Quantity> OF_COLUMN =
        List.of(COMPLETENESS, MEAN, SUM, DEVIATION, MIN, MAX);

    /** The name in YAML. */
    public String keyword() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How bounds are made of the points before. */
  public enum Method {
    /** Around their median, as wide as the median of the distances from it lets expect. */
    ROBUST(14, 4, 30, 10),
    /** Around their mean, as wide as their standard deviation lets expect. */
    ZSCORE(8, 4, 30, 10),
    /** A share of the point before. */
    CHANGE(1, 1, 1, 1);

    private final int minPoints;
    private final int minOfSeason;
    private final int last;
    private final int lastOfSeason;

    Method(int minPoints, int minOfSeason, int last, int lastOfSeason) {
      this.minPoints = minPoints;
      this.minOfSeason = minOfSeason;
      this.last = last;
      this.lastOfSeason = lastOfSeason;
    }

    /** How many points there must be, where nothing is declared. */
    public int minPoints(Season season) {
      return season == Season.NONE ? minPoints : minOfSeason;
    }

    /** Of how many points bounds are made, where nothing is declared. */
    public int last(Season season) {
      return season == Season.NONE ? last : lastOfSeason;
    }
  }

  /** Which points a point is compared with. */
  public enum Season {
    /** All. */
    NONE,
    /** Those of the same day of the week; in a pipeline of hours of the same hour too. */
    WEEKDAY
  }
}
