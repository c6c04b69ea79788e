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
          "raw.orders: 0 of 1 tasks",
          "raw.orders: 0 of 1 tasks",
          "raw.orders: 3 of 8 tasks",
          "raw.orders: 3 of 8 tasks",
          "raw.orders: 5 of 8 tasks",
          "publish");

  @Test
  void aLogHasNoLineThatSaysNothingNew() {
    assertThat(shown(new Progress(false)).lines())
        .containsExactly(
            "raw.orders: ingest (2024-01)",
            "raw.orders: 3 of 8 tasks",
            "raw.orders: 5 of 8 tasks",
            "publish");
  }

  @Test
  void aTerminalHasABarThatMoves() {
    assertThat(shown(new Progress(true)))
        .contains("raw.orders [..............................] 0/1", "] 5/8", "publish\n");
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
