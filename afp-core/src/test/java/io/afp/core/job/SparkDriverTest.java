package io.afp.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestSpark;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SparkDriverTest {

  @Test
  void theTasksOfItsSessionAreListenedToForProgressUntilItIsClosed() {
    TestSpark.session();
    Set<Thread> others = clocks();
    Set<Thread> started;
    try (SparkDriver driver = new SparkDriver("test", Map.of(), Optional.empty())) {
      assertThat(driver.session().sparkContext()).isSameAs(TestSpark.session().sparkContext());
      assertThat(listeners()).hasAtLeastOneElementOfType(ProgressListener.class);
      started = new HashSet<>(clocks());
      started.removeAll(others);
      assertThat(started).as("who speaks every few seconds").hasSize(1);
    }
    assertThat(listeners()).noneMatch(ProgressListener.class::isInstance);
    Awaitility.await().until(() -> started.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void itsExecutorsWorkInUtcWhateverTheyAreGiven() {
    Map<String, String> settings =
        Map.of("spark.executor.extraJavaOptions", "-Xss4m -Duser.timezone=Asia/Tokyo");
    try (SparkDriver driver = new SparkDriver("test", settings, Optional.empty())) {
      assertThat(driver.conf().get("spark.executor.extraJavaOptions"))
          .as("the last one holds")
          .startsWith("-Xss4m -Duser.timezone=Asia/Tokyo -Duser.timezone=UTC ");
    }
  }

  private static List<?> listeners() {
    return TestSpark.session().sparkContext().listenerBus().listeners();
  }

  private static Set<Thread> clocks() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("afp-progress"))
        .collect(Collectors.toSet());
  }

  @Test
  void tablesSideBySideShareTheTasksFairlyUnlessTheProjectSaysOtherwise() {
    assertThat(schedulerMode(Map.of())).isEqualTo("FAIR");
    assertThat(schedulerMode(Map.of("spark.scheduler.mode", "FIFO"))).isEqualTo("FIFO");
  }

  private static String schedulerMode(Map<String, String> settings) {
    try (SparkDriver driver = new SparkDriver("test", settings, Optional.empty())) {
      return driver.conf().get("spark.scheduler.mode");
    }
  }
}
