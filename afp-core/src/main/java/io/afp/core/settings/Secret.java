package io.afp.core.settings;

/** A value that must never be printed. */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The value itself, for the one place that hands it on. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "******";
  }
}
