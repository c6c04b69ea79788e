package io.afp.core.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Says every few seconds how far the stages of Spark are, also while a single long task is at work.
 */
final class ProgressListener extends SparkListener implements AutoCloseable {

  private final Map<Integer, Stage> running = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "afp-progress");
            thread.setDaemon(true);
            return thread;
          });

  /** Speaks from now on, once a period, until it is closed. */
  ProgressListener start(Duration period, Consumer<String> listener) {
    long nanos = period.toNanos();
    clock.scheduleAtFixedRate(() -> lines().forEach(listener), nanos, nanos, TimeUnit.NANOSECONDS);
    return this;
  }

  private static final class Stage {
    private final String step;
    private final int tasks;
    private final AtomicInteger ended = new AtomicInteger();
    private final long start = System.nanoTime();

    Stage(String step, int tasks) {
      this.step = step;
      this.tasks = tasks;
    }

    @Override
    public String toString() {
      long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
      return "%s: %s of %d tasks, %d s".formatted(step, ended, tasks, seconds);
    }
  }

  /** How far the stages are that are at work now. */
  List<String> lines() {
    return running.values().stream().map(Stage::toString).toList();
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    Properties properties = event.properties();
    String step = properties == null ? "" : properties.getProperty("mdc.step", "");
    if (step.isEmpty()) {
      return; // between the steps nobody waits for long
    }
    running.put(event.stageInfo().stageId(), new Stage(step, event.stageInfo().numTasks()));
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted event) {
    running.remove(event.stageInfo().stageId());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    Stage stage = running.get(event.stageId());
    if (stage != null) {
      stage.ended.incrementAndGet();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
