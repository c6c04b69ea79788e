package io.afp.core.job;

import io.afp.core.logging.RunLog;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every few seconds how far the stages of Spark are. */
final class ProgressListener extends SparkListener {

  private static final Logger progress = LoggerFactory.getLogger(RunLog.PROGRESS);
  private static final long PERIOD = TimeUnit.SECONDS.toNanos(2);

  private final Map<Integer, Stage> running = new ConcurrentHashMap<>();
  private long last = System.nanoTime();

  private static final class Stage {
    private final String step;
    private final int tasks;
    private int ended;

    Stage(String step, int tasks) {
      this.step = step;
      this.tasks = tasks;
    }
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    Properties properties = event.properties();
    String step = properties == null ? "" : properties.getProperty("mdc.step", "");
    running.put(event.stageInfo().stageId(), new Stage(step, event.stageInfo().numTasks()));
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted event) {
    running.remove(event.stageInfo().stageId());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    Stage stage = running.get(event.stageId());
    if (stage == null) {
      return;
    }
    stage.ended++;
    long now = System.nanoTime();
    if (now - last >= PERIOD) {
      last = now;
      progress.info("{}: {} of {} tasks", stage.step, stage.ended, stage.tasks);
    }
  }
}
