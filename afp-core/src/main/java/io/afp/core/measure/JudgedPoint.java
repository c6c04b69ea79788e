package io.afp.core.measure;

import java.util.Optional;

/**
 * A point and whether it is usual.
 *
 * @param bounds what it was judged by; empty where nothing could be said
 * @param basis how many points the bounds were made of, or would have been
 */
public record JudgedPoint(Point point, Outcome outcome, Optional<Bounds> bounds, int basis) {

  /** What is said of a point. */
  public enum Outcome {
    /** There are too few points before it. */
    LEARNING,
    USUAL,
    UNUSUAL,
    /** It would be unusual, but somebody said that this value of this unit is right. */
    ACKNOWLEDGED;

    /** Whether those that follow may be judged by it. */
    public boolean isBaseline() {
      return this != UNUSUAL;
    }
  }
}
