package io.afp.bench.ingest;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The most of the heap that was in use right after a full collection: one is made every second, and
 * one when the answer is asked for.
 */
final class HeapPeak implements AutoCloseable {

  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private long peak;

  private HeapPeak() {}

  static HeapPeak start() {
    HeapPeak peak = new HeapPeak();
    peak.clock.scheduleWithFixedDelay(peak::look, 1, 1, TimeUnit.SECONDS);
    return peak;
  }

  private synchronized void look() {
    memory.gc();
    peak = Math.max(peak, memory.getHeapMemoryUsage().getUsed());
  }

  synchronized long bytes() {
    look();
    return peak;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
