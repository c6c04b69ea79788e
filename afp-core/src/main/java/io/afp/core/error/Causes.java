package io.afp.core.error;

import java.util.Optional;
import java.util.stream.Stream;

/** Looks along the causes of a failure. */
public final class Causes {

  private Causes() {}

  /** The failure and its causes, in their order. */
  public static Stream<Throwable> of(Throwable failure) {
    return Stream.iterate(failure, t -> t != null, Throwable::getCause);
  }

  /** The first of the failure and its causes that is of a type. */
  public static <T> Optional<T> find(Throwable failure, Class<T> type) {
    return of(failure).filter(type::isInstance).map(type::cast).findFirst();
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
