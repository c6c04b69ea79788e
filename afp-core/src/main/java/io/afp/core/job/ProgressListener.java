package io.afp.core.job;

import io.afp.core.logging.RunLog;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every few seconds how far the stages of Spark are, also while a single long task is at work.
 */
final class ProgressListener extends SparkListener implements AutoCloseable {

  private static final Logger progress = LoggerFactory.getLogger(RunLog.PROGRESS);
  private static final long PERIOD_SECONDS = 3;

  private final Map<Integer, Stage> running = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "afp-progress");
            thread.setDaemon(true);
            return thread;
          });

  /** Speaks from now on, until it is closed. */
  ProgressListener start() {
    clock.scheduleAtFixedRate(
        () -> lines().forEach(progress::info), PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    return this;
  }

  private static final class Stage {
    private final String step;
    private final int tasks;
    private final AtomicInteger ended = new AtomicInteger();

    Stage(String step, int tasks) {
      this.step = step;
      this.tasks = tasks;
    }
  }

  /** How far the stages are that are at work now. */
  List<String> lines() {
    return running.values().stream()
        .map(stage -> "%s: %s of %d tasks".formatted(stage.step, stage.ended, stage.tasks))
        .toList();
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
