package io.afp.core.error;

import java.util.Optional;

/** Looks along the causes of a failure. */
public final class Causes {

  private Causes() {}

  /** The first of the failure and its causes that is of a type. */
  public static <T> Optional<T> find(Throwable failure, Class<T> type) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return Optional.of(type.cast(t));
      }
    }
    return Optional.empty();
  }

  /** What started it. */
  public static Throwable root(Throwable failure) {
    Throwable t = failure;
    while (t.getCause() != null) {
      t = t.getCause();
    }
    return t;
  }

  /** The first line of the message, or what the failure is when it has none. */
  public static String firstLine(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return message.strip().lines().findFirst().orElse("");
  }
}
