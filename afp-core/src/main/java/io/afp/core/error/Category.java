package io.afp.core.error;

/**
 * Who has to act on a failure, and whether trying again can help.
 *
 * <p>The exit code of a process is a function of the category alone, so that an orchestrator can
 * decide about retries without reading messages.
 */
public enum Category {
  /** The command or its arguments are wrong. */
  USAGE(64),
  /** The data did not pass: a gate failed, or too many rows were rejected. */
  DATA(65),
  /** An input that should be there is not there (yet). */
  INPUT_MISSING(66),
  /** Something outside AFP is down: Postgres, the warehouse, a disk. */
  UNAVAILABLE(69),
  /** A fault of AFP or of code that it calls. */
  INTERNAL(70),
  /** Somebody else was faster: main moved, or a lease is held. */
  CONFLICT(75),
  /** An account lacks a right. */
  PERMISSION(77),
  /** A definition or a setting is wrong. */
  CONFIGURATION(78);

  private final int exitCode;

  Category(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The exit code of a process that ends with a failure of this category. */
  public int exitCode() {
    return exitCode;
  }

  /** Whether the same command can succeed later without anybody changing anything. */
  public boolean retryable() {
    return switch (this) {
      case INPUT_MISSING, UNAVAILABLE, INTERNAL, CONFLICT -> true;
      case USAGE, DATA, PERMISSION, CONFIGURATION -> false;
    };
  }
}
