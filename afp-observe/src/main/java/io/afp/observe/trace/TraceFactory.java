package io.afp.observe.trace;

import io.afp.core.settings.Settings;
import io.afp.core.spi.RunListener;
import java.util.Optional;

/** Makes the listener that sends a trace of each run. */
public final class TraceFactory implements RunListener.Factory {

  @Override
  public Optional<RunListener> listener(Settings settings) {
    return settings.observability().opentelemetry().map(TraceListener::new);
  }
}
