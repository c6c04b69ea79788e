package io.afp.observe.metrics;

import io.afp.core.settings.ObservabilitySettings;
import io.afp.core.settings.Settings;
import io.afp.core.spi.RunListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the listener that sends metrics, to all receivers that the settings name. */
public final class MetricsFactory implements RunListener.Factory {

  @Override
  public Optional<RunListener> listener(Settings settings) {
    ObservabilitySettings told = settings.observability();
    List<Supplier<Receiver>> receivers = new ArrayList<>();
    told.prometheus().ifPresent(address -> receivers.add(() -> new PushReceiver(address)));
    told.statsd().ifPresent(server -> receivers.add(() -> StatsdReceiver.of(server)));
    told.cloudwatch().ifPresent(namespace -> receivers.add(CloudWatch.receiver(namespace)));
    return receivers.isEmpty() ? Optional.empty() : Optional.of(new MetricsListener(receivers));
  }
}
