package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A {@link Reader} takes the walk of the page about the process: from nothing to a published table,
 * an approved phase and a closed task.
 */
@Tag("integration")
class ProcessIT {

  static final List<String> PAGES = List.of("docs/process.md");

  @Test
  void theWalkDoesWhatThePageShowsInTheTimeThatThePagePromises(@TempDir Path folder)
      throws IOException {
    long start = System.nanoTime();

    new Reader().read(folder, PAGES);

    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.printf("The walk took %d s%n", took.toSeconds());
    assertThat(took).isLessThan(Duration.ofMinutes(10));
  }
}
