package io.afp.core.job;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.settings.Settings;
import io.afp.core.spi.RunEvent;
import io.afp.core.spi.RunListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that listen to a run. Telling them takes no time and never fails: each has a thread of its
 * own. Only {@link #close} waits for what they have still to do, for a bounded time.
 */
final class Audience implements AutoCloseable {

  /** How long the end of a run waits for its listeners. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(Audience.class);

  private final List<Ear> ears;
  private final Duration patience;
  private boolean deaf;

  /**
   * These listeners.
   *
   * @param patience how long {@link #close} waits for all of them together
   */
  Audience(List<RunListener> listeners, Duration patience) {
    this.ears = listeners.stream().map(Ear::new).toList();
    this.patience = patience;
  }

  /** Nobody. */
  static Audience none() {
    return new Audience(List.of(), PATIENCE);
  }

  /**
   * Those that the settings ask for.
   *
   * @throws AfpException if one of them can't be made
   */
  static Audience of(Settings settings) {
    List<RunListener.Factory> factories = Plugins.all(RunListener.Factory.class);
    List<RunListener> listeners =
        factories.stream().flatMap(factory -> factory.listener(settings).stream()).toList();
    if (listeners.isEmpty() && settings.observability().isUsed()) {
      throw new AfpException(
          ErrorCode.LISTENER_MISSING,
          "Cannot tell others of the run: afp-observe is not on the class path, and the settings have"
              + " a section observability",
          "Give spark-submit the jars of lib/observe by --jars, or take the section out.");
    }
    return new Audience(listeners, PATIENCE);
  }

  boolean isEmpty() {
    return ears.isEmpty();
  }

  /** Tells them, if there are any; only then the event is made. */
  void tell(Supplier<RunEvent> event) {
    if (isEmpty()) {
      return;
    }
    try {
      tell(event.get());
    } catch (RuntimeException e) {
      log.warn("An event of the run is not told to its listeners", e);
    }
  }

  private synchronized void tell(RunEvent event) {
    if (!deaf) {
      ears.forEach(ear -> ear.hear(event));
    }
  }

  /** Waits until they have passed on what they were told, but not longer than its patience. */
  @Override
  public synchronized void close() {
    if (!deaf) {
      deaf = true;
      ears.forEach(Ear::end);
      Instant until = Instant.now().plus(patience);
      ears.forEach(ear -> ear.await(Duration.between(Instant.now(), until)));
    }
  }
}
