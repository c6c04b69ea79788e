package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Output may differ from what a page shows where it differs each time, and nowhere else. */
class ShownTest {

  private static final String PAGE_ID = "ea4a3b0e-f8dc-4a41-aa54-a2425edbcf4c";
  private static final String REAL_ID = "11111111-2222-3333-4444-555555555555";

  private final Shown shown = new Shown();

  @Test
  void timesAndBlanksMayDiffer() {
    assertThat(matches("1  2026-11-24 03:08:06Z   1.5", "1 2027-01-01 00:00:00Z 12.0")).isTrue();
  }

  @Test
  void otherNumbersMayNot() {
    assertThat(matches("rows  1,275", "rows  1,276")).isFalse();
    assertThat(matches("19.50", "19.51")).isFalse();
  }

  @Test
  void anEllipsisStandsForLinesAndForText() {
    assertThat(matches("…\nend of …/a\n…", "one\ntwo\nend of /b/a")).isTrue();
    assertThat(matches("…\nend", "one\ntwo")).isFalse();
    assertThat(matches("one", "one\ntwo")).isFalse();
  }

  @Test
  void anIdOfThePagesIsOneIdOfReality() {
    assertThat(matches("run " + PAGE_ID + ", attempt 1", "run " + REAL_ID + ", attempt 1"))
        .isTrue();

    assertThat(shown.withIds("afp runs show ea4a3b0e")).isEqualTo("afp runs show 11111111");
    assertThat(shown.withIds("run_ea4a3b0ef8dc4a41aa54a2425edbcf4c_1"))
        .isEqualTo("run_11111111222233334444555555555555_1");
    assertThat(matches("shop  ea4a3b0e", "shop  11111111")).isTrue();
    assertThat(matches("run " + PAGE_ID, "run " + REAL_ID.replace('5', '6'))).isFalse();
  }

  private boolean matches(String page, String output) {
    return shown.matches(List.of(page.split("\n")), output);
  }
}
