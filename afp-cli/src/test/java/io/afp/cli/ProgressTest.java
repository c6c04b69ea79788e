package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final List<String> MESSAGES =
      List.of(
          "raw.orders: ingest (2024-01)",
          "raw.orders: 0 of 1 tasks, 5 s",
          "raw.orders: 0 of 1 tasks, 10 s",
          "raw.orders: 5 of 8 tasks, 5 s",
          "publish");

  @Test
  void aLogHasALineForEachAlsoWhileASingleLongTaskIsAtWork() {
    assertThat(shown(new Progress(false)).lines()).containsExactlyElementsOf(MESSAGES);
  }

  @Test
  void aTerminalHasABarThatMoves() {
    assertThat(shown(new Progress(true)))
        .contains(
            "raw.orders [..............................] 0/1",
            "] 0/1, 10 s",
            "] 5/8, 5 s",
            "publish\n");
  }

  private static String shown(Progress progress) {
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
}
