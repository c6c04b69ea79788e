package io.afp.core.spi;

import io.afp.core.settings.Settings;
import java.util.Optional;

/**
 * Is told the life of a run, to pass it on to other systems.
 *
 * <p>It is called in the order of the events, by one thread that works on nothing else: a run never
 * waits for it, but for some seconds at its end. What it throws is a warning in the log, once; the
 * run goes on.
 */
public interface RunListener {

  /** Passes an event on. */
  void on(RunEvent event) throws Exception;

  /** Passes on what is still kept back. Nothing comes after it. */
  default void end() throws Exception {}

  /** Makes listeners; found by {@code ServiceLoader}. */
  interface Factory {

    /**
     * A listener for a run, if the settings ask for one. Nothing is reached and nothing large is
     * made before the first event.
     *
     * @throws io.afp.core.error.AfpException if it is asked for and can't be made: the run does not
     *     begin then
     */
    Optional<RunListener> listener(Settings settings);
  }
}
