package io.afp.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestSpark;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SparkDriverTest {

  @Test
  void theTasksOfItsSessionAreListenedToForProgressUntilItIsClosed() {
    List<?> listeners = TestSpark.session().sparkContext().listenerBus().listeners();
    try (SparkDriver driver = new SparkDriver("test", Map.of())) {
      assertThat(driver.session().sparkContext()).isSameAs(TestSpark.session().sparkContext());
      assertThat(listeners).hasAtLeastOneElementOfType(ProgressListener.class);
    }
    assertThat(listeners).noneMatch(ProgressListener.class::isInstance);
  }
}
