package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said about an error, on a terminal and elsewhere. */
class StderrTest {

  private static final String COLUMNS = "afp.stderr-columns";

  @AfterEach
  void noTerminal() {
    System.clearProperty(COLUMNS);
  }

  @Test
  void elsewhereAMessageIsOneLine() {
    assertThat(unknown("stauts").lines()).hasSize(2);
  }

  @Test
  void aNarrowTerminalHasAMessageThatIsFoldedAndAFixThatCanBeCopied() {
    String whole = unknown("stauts");
    System.setProperty(COLUMNS, "40");

    String folded = unknown("stauts");

    assertThat(folded.lines().filter(line -> !line.startsWith("    fix  ")))
        .hasSizeGreaterThan(1)
        .allMatch(line -> line.length() <= 40);
    assertThat(folded.replaceAll("\\s+", " ")).isEqualTo(whole.replaceAll("\\s+", " "));
    assertThat(folded.lines()).contains(whole.lines().toList().get(1));
  }

  @Test
  void aWideTerminalHasLinesNoWiderThanAllOutput() {
    System.setProperty(COLUMNS, "400");

    assertThat(unknown("stauts".repeat(12)).lines())
        .allMatch(line -> line.length() <= Output.WIDTH);
  }

  private static String unknown(String command) {
    return TestCommand.run(command).endedWith(64).err();
  }
}
