package io.afp.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestSpark;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressListenerTest {

  private static CountDownLatch mayEnd;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext());
  private final ProgressListener progress = new ProgressListener();
  private final CountDownLatch firstHasEnded = new CountDownLatch(1);

  /** Told behind the other one, so that it knows what this one knows. */
  private final SparkListener behind =
      new SparkListener() {
        @Override
        public void onTaskEnd(SparkListenerTaskEnd event) {
          firstHasEnded.countDown();
        }
      };

  @BeforeEach
  void listen() {
    mayEnd = new CountDownLatch(1);
    spark.sc().addSparkListener(progress);
    spark.sc().addSparkListener(behind);
  }

  @AfterEach
  void close() {
    mayEnd.countDown();
    spark.sc().removeSparkListener(progress);
    spark.sc().removeSparkListener(behind);
    progress.close();
  }

  @Test
  void aLineSaysHowManyTasksOfTheStepHaveEnded() throws Exception {
    CompletableFuture<Long> count = countInThreeTasks("core.flight");
    firstHasEnded.await();
    assertThat(progress.lines())
        .singleElement(InstanceOfAssertFactories.STRING)
        .matches("core.flight: 1 of 3 tasks, \\d+ s");
    BlockingQueue<String> said = new LinkedBlockingQueue<>();
    progress.start(Duration.ofMillis(1), said::add);
    assertThat(said.take()).as("said again and again").startsWith("core.flight: 1 of 3 tasks");
    assertThat(said.take()).startsWith("core.flight: 1 of 3 tasks");

    mayEnd.countDown();
    assertThat(count.get()).isEqualTo(3);
    spark.sc().listenerBus().waitUntilEmpty();
    assertThat(progress.lines()).as("of a stage that has ended").isEmpty();
  }

  @Test
  void betweenTheStepsThereIsNothingToSay() throws Exception {
    CompletableFuture<Long> count = countInThreeTasks(null);
    firstHasEnded.await();
    assertThat(progress.lines()).isEmpty();
    mayEnd.countDown();
    assertThat(count.get()).isEqualTo(3);
  }

  /** The first task ends at once; two can be at work, and these wait. */
  private CompletableFuture<Long> countInThreeTasks(String step) {
    return CompletableFuture.supplyAsync(
        () -> {
          spark.setLocalProperty("mdc.step", step);
          return spark
              .parallelize(List.of(0, 1, 2), 3)
              .map(ProgressListenerTest::afterTheFirst)
              .count();
        });
  }

  private static int afterTheFirst(int number) throws InterruptedException {
    if (number > 0) {
      mayEnd.await();
    }
    return number;
  }
}
