package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {

  private static final List<String> MESSAGES =
      List.of(
          "raw.orders: ingest (2024-01)",
          "raw.orders: 0 of 1 tasks, 5 s",
          "raw.orders: 0 of 1 tasks, 10 s",
          "mart.a_table_with_a_long_name: 5 of 8 tasks, 5 s",
          "publish");

  @Test
  void aLogHasALineForEachAlsoWhileASingleLongTaskIsAtWork() {
    assertThat(shown(OptionalInt.empty()).lines()).containsExactlyElementsOf(MESSAGES);
  }

  @Test
  void aTerminalHasABarThatMoves() {
    assertThat(shown(OptionalInt.of(100)))
        .contains(
            "raw.orders [..............................] 0/1",
            "] 0/1, 10 s",
            "[##################............] 5/8, 5 s",
            "publish\n");
  }

  @Test
  void aNarrowTerminalHasAShortBarAndForALongNameNone() {
    assertThat(shown(OptionalInt.of(40)))
        .contains(
            "raw.orders [.................] 0/1, 5 s",
            "\033[Kmart.a_table_with_a_long_name 5/8, 5 s");
    assertThat(shown(OptionalInt.of(30))).contains("\033[Kmart.a_table_with_a… 5/8, 5 s");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 20, 40, 80, 200})
  void ofBarsNothingIsLeftOnTheScreen(int columns) {
    Screen screen = new Screen(columns);
    screen.print(shown(OptionalInt.of(columns)));

    assertThat(screen.text())
        .as("what stays is what was not taken away")
        .isEqualTo(MESSAGES.get(0) + MESSAGES.get(4));
  }

  private static String shown(OptionalInt columns) {
    Progress progress = new Progress(columns);
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      MESSAGES.forEach(progress::show);
    } finally {
      System.setErr(before);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  /** Of a terminal what a bar needs: it goes on in the next line where one is full. */
  private static final class Screen {

    private final int columns;
    private final StringBuilder text = new StringBuilder();
    private int line;

    Screen(int columns) {
      this.columns = columns;
    }

    void print(String said) {
      for (int i = 0; i < said.length(); i++) {
        if (said.startsWith("\r\033[K", i)) {
          text.setLength(line);
          i += 3;
        } else if (said.charAt(i) == '\n') {
          line = text.length();
        } else {
          put(said.charAt(i));
        }
      }
    }

    private void put(char letter) {
      if (text.length() - line == columns) {
        line = text.length();
      }
      text.append(letter);
    }

    String text() {
      return text.toString();
    }
  }
}
