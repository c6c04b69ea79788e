package io.afp.bench.ingest;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The most of the heap that was in use right after a full collection, which is made every second.
 */
final class HeapPeak implements AutoCloseable {

  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private volatile long peak;

  private HeapPeak() {}

  static HeapPeak start() {
    HeapPeak peak = new HeapPeak();
    peak.clock.scheduleWithFixedDelay(peak::look, 1, 1, TimeUnit.SECONDS);
    return peak;
  }

  private void look() {
    memory.gc();
    peak = Math.max(peak, memory.getHeapMemoryUsage().getUsed());
  }

  long bytes() {
    return peak;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
