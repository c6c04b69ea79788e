package io.afp.core.measure;

/**
 * Between which values a point is usual, both included.
 *
 * @param expected the value that is expected most
 */
public record Bounds(double lower, double expected, double upper) {

  /** Whether a value is usual. */
  public boolean contains(double value) {
    return value >= lower && value <= upper;
  }

  /** These, that go no further than what the quantity can be. */
  public Bounds within(double least, double most) {
    return new Bounds(
        Math.min(expected, Math.max(lower, least)),
        expected,
        Math.max(expected, Math.min(upper, most)));
  }
}
