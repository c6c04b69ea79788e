package io.afp.core.ledger;

import io.afp.core.definition.CheckDef;
import io.afp.core.measure.JudgedPoint;
import java.util.List;

/**
 * What a check found in the rows that a run wrote.
 *
 * @param rowsJudged the rows that the rule applied to
 * @param rowsFailed those of them that broke it
 * @param origin where the numbers come from: {@code write} or {@code scan}
 * @param message what was found, as a sentence
 * @param samples at most ten rows that broke it, where the check did not pass
 * @param points the points of a check that is judged by its history, in order of time
 */
public record Verdict(
    CheckDef check,
    Status status,
    long rowsJudged,
    long rowsFailed,
    String origin,
    String message,
    List<Sample> samples,
    List<JudgedPoint> points) {

  public Verdict {
    samples = List.copyOf(samples);
    points = List.copyOf(points);
  }

  /** The verdict of a check that is not judged by its history. */
  public Verdict(
      CheckDef check,
      Status status,
      long rowsJudged,
      long rowsFailed,
      String origin,
      String message,
      List<Sample> samples) {
    this(check, status, rowsJudged, rowsFailed, origin, message, samples, List.of());
  }

  /** The same with another status. */
  public Verdict as(Status other) {
    return new Verdict(check, other, rowsJudged, rowsFailed, origin, message, samples, points);
  }

  /** How a check ended. */
  public enum Status {
    PASSED,
    /** Broken, but only of severity {@code warn}. */
    WARNED,
    FAILED,
    /** There is too little history to judge by. */
    LEARNING,
    /** It could not be evaluated, so nobody knows; counts as failed. */
    BROKEN,
    /** There was no row or value that it judges. */
    SKIPPED;

    /** Whether it keeps the run from being published. */
    public boolean stopsPublish() {
      return this == FAILED || this == BROKEN;
    }
  }
}
