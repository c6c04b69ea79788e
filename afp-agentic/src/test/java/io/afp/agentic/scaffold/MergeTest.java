package io.afp.agentic.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTest {

  /** Each letter is a line. */
  @ParameterizedTest
  @CsvSource({
    "abc, abc, abc, abc",
    "abc, aXbc, abc, aXbc",
    "abc, abc, abYc, abYc",
    "abc, Xabc, abcY, XabcY",
    "abc, ac, abc, ac",
    "abc, abc, ac, ac",
    "abcde, aXcde, abcYe, aXcYe",
    "abc, aXc, aXc, aXc",
    "abcd, bcd, abc, bc"
  })
  void changesOfDifferentPlacesAreJoined(String base, String mine, String theirs, String merged) {
    Merge merge = Merge.of(lines(base), lines(mine), lines(theirs));

    assertThat(merge).isEqualTo(new Merge(lines(merged), 0));
  }

  @Test
  void changesOfOnePlaceAreShownBoth() {
    Merge merge = Merge.of(lines("abc"), lines("aXc"), lines("aYc"));

    assertThat(merge.conflicts()).isOne();
    assertThat(merge.text()).isEqualTo("a\n<<<<<<< yours\nX\n=======\nY\n>>>>>>> AFP\nc");
  }

  private static String lines(String letters) {
    return String.join("\n", letters.split(""));
  }
}
