package io.afp.core.error;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who has to act on a failure, and whether trying again can help.
 *
 * <p>The exit code of a process is a function of the category alone, so that an orchestrator can
 * decide about retries without reading messages.
 */
public enum Category {
  /** The command or its arguments are wrong. */
  USAGE(64, "the command line is wrong"),
  /** The data did not pass: a gate failed, or too many rows were rejected. */
  DATA(65, "the quality gate failed"),
  /** An input that should be there is not there (yet). */
  INPUT_MISSING(66, "an input is missing"),
  /** Something outside AFP is down: Postgres, the warehouse, a disk. */
  UNAVAILABLE(69, "something outside is down"),
  /** A fault of AFP or of code that it calls. */
  INTERNAL(70, "internal error"),
  /** Somebody else was faster: main moved, or a lease is held. */
  CONFLICT(75, "conflict, run again"),
  /** An account lacks a right. */
  PERMISSION(77, "a right is missing"),
  /** A definition or a setting is wrong. */
  CONFIGURATION(78, "a definition or setting is wrong"),
  /** Somebody ended it, by Ctrl-C or a signal; the code is that of shells. */
  INTERRUPTED(130, "it was interrupted, run again");

  private final int exitCode;
  private final String meaning;

  Category(int exitCode, String meaning) {
    this.exitCode = exitCode;
    this.meaning = meaning;
  }

  /** What every exit code means, that of success too, in their order; for the help of a program. */
  public static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "done, also when there was nothing to do");
    for (Category category : values()) {
      codes.put(Integer.toString(category.exitCode), category.meaning);
    }
    return codes;
  }

  /** The exit code of a process that ends with a failure of this category. */
  public int exitCode() {
    return exitCode;
  }

  /** Whether the same command can succeed later without anybody changing anything. */
  public boolean retryable() {
    return switch (this) {
      case INPUT_MISSING, UNAVAILABLE, INTERNAL, CONFLICT, INTERRUPTED -> true;
      case USAGE, DATA, PERMISSION, CONFIGURATION -> false;
    };
  }
}
