package io.afp.observe.metrics;

import io.micrometer.core.instrument.MeterRegistry;

/** A system that metrics of a driver go to. */
interface Receiver {

  /** Takes the metrics. */
  MeterRegistry registry();

  /**
   * Sends what was not sent before; the driver ends.
   *
   * @param pipeline whose run it was
   */
  void end(String pipeline) throws Exception;
}
