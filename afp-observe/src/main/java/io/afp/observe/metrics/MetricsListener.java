package io.afp.observe.metrics;

import io.afp.core.spi.RunEvent;
import io.afp.core.spi.RunListener;
import java.util.List;
import java.util.function.Supplier;

/** Counts and times what happens in a run. */
final class MetricsListener implements RunListener {

  private final List<Supplier<Receiver>> opening;
  private List<Receiver> receivers = List.of();
  private String pipeline;

  MetricsListener(List<Supplier<Receiver>> receivers) {
    this.opening = List.copyOf(receivers);
  }

  @Override
  public void on(RunEvent event) {
    if (pipeline == null) {
      pipeline = event.run().record().pipeline();
      receivers = opening.stream().map(Supplier::get).toList();
    }
    receivers.forEach(receiver -> new Meters(receiver.registry(), pipeline).count(event));
  }

  /** One that does not answer does not keep the others from it. */
  @Override
  public void end() throws Exception {
    Exception failure = null;
    for (Receiver receiver : receivers) {
      try {
        receiver.end(pipeline);
      } catch (Exception e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
