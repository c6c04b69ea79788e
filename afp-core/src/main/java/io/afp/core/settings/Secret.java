package io.afp.core.settings;

/**
 * A value that must not be seen.
 *
 * <p>It prints as stars and is equal only to itself, so that neither a log nor a comparison of
 * settings gives it away.
 */
public final class Secret {

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Hides a value. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The value itself, for the one who has to present it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "******";
  }
}
