package io.afp.observe.lineage;

import io.afp.core.settings.Settings;
import io.afp.core.spi.RunListener;
import java.util.Optional;

/** Makes the listener that sends OpenLineage events. */
public final class LineageFactory implements RunListener.Factory {

  @Override
  public Optional<RunListener> listener(Settings settings) {
    return settings
        .observability()
        .openlineage()
        .map(target -> new LineageListener(settings, () -> BackEnd.open(settings, target)));
  }
}
