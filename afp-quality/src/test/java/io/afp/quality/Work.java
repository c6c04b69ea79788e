package io.afp.quality;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.executor.InputMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.sql.SparkSession;

/** What Spark says that it has done. */
final class Work extends SparkListener {

  private final List<String> shuffles = Collections.synchronizedList(new ArrayList<>());
  private final List<Integer> jobs = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong rowsRead = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();

  /** What it does for a piece of work. */
  static Work of(SparkSession session, Runnable work) throws Exception {
    Work done = new Work();
    session.sparkContext().addSparkListener(done);
    try {
      work.run();
      session.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      session.sparkContext().removeSparkListener(done);
    }
    return done;
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    jobs.add(start.jobId());
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted completed) {
    InputMetrics input = completed.stageInfo().taskMetrics().inputMetrics();
    rowsRead.addAndGet(input.recordsRead());
    bytesRead.addAndGet(input.bytesRead());
    if (completed.stageInfo().taskMetrics().shuffleWriteMetrics().recordsWritten() > 0) {
      shuffles.add(completed.stageInfo().name());
    }
  }

  /** The stages that wrote rows for others. */
  List<String> shuffles() {
    return shuffles;
  }

  List<Integer> jobs() {
    return jobs;
  }

  long rowsRead() {
    return rowsRead.get();
  }

  long bytesRead() {
    return bytesRead.get();
  }
}
