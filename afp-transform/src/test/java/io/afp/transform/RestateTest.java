package io.afp.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --restate} of an interval flows downstream inside one run. */
class RestateTest {

  @Test
  void whatIsMadeOfARestatedDayIsDoneAgainInTheSameRunAndNoOtherDay(@TempDir Path root) {
    try (LateArrivals days = new LateArrivals(root, 0)) {
      days.arrives(1, 1);
      days.arrives(2, 2);
      days.run("published", 1, 3);
      days.arrives(1, 1);
      days.arrives(2, 2, 2);

      days.run("published", 2, 2, "--restate");

      List<String> onlyTheSecond = List.of("01 1", "02 2", "03 1");
      assertThat(days.timesDone("raw.arrival")).isEqualTo(onlyTheSecond);
      assertThat(days.timesDone("core.event")).isEqualTo(onlyTheSecond);
      assertThat(days.timesDone("mart.day")).isEqualTo(onlyTheSecond);
      assertThat(days.project().lake("select * from mart.day"))
          .containsExactly("2013-01-01 1", "2013-01-02 3");
      assertThat(
              days.project()
                  .ledger("select distinct release_id from afp.done where unit = '2013-01-02'"))
          .as("one release has all three")
          .hasSize(1);
      days.run("nothing_to_do", 2, 2);
    }
  }

  @Test
  void withSelectTheRestIsStaleFromThenOn(@TempDir Path root) {
    try (LateArrivals days = new LateArrivals(root, 0)) {
      days.run("published", 1, 2);

      days.run("published", 2, 2, "--restate", "--select", "core.event");

      assertThat(days.plan(1)).isEmpty();
      assertThat(days.plan(2)).containsExactly("mart.day 2013-01-02 stale core.event changed");
    }
  }
}
