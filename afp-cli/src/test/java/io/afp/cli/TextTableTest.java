package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTableTest {

  private static final String LONG = "a text that goes on and on and on";

  @Test
  void numbersAreSetToTheRightAndMissingValuesAreBlank() {
    TextTable table = new TextTable("name", "rows");
    table.row("a", "1,000");
    table.row(null, "7");

    assertThat(table).hasToString("name   rows\na     1,000\n          7");
  }

  @Test
  void theWidestColumnsAreCutUntilTheTableFits() {
    TextTable table = new TextTable("id", "one", "two");
    table.row("0123456789abcdefghij-x", LONG, "short");

    String text = table.fit(50, Set.of("id"));

    assertThat(text.lines()).allMatch(line -> line.length() <= 50);
    assertThat(text).contains("0123456789abcdefghij-x", "a text", "…", "short");
    assertThat(table.toString()).contains(LONG);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 40})
  void aNarrowTerminalCutsNeitherIdsNorNumbers(int width) {
    TextTable table = new TextTable("id", "rows", "text");
    table.row("0123456789abcdefghij-x", "1,000,000,000", LONG);

    assertThat(table.fit(width, Set.of("id")))
        .contains("0123456789abcdefghij-x", "1,000,000,000", "a text …");
  }

  @Test
  void aLineBreakInAValueBreaksNoTable() {
    TextTable table = new TextTable("text");
    table.row("one\ntwo\u001b[31m");

    assertThat(table.toString().lines()).hasSize(2);
    assertThat(table.toString()).doesNotContain("\u001b");
  }

  @Test
  void howSomethingEndedHasAColourOnlyOnATerminal() {
    assertThat(TextTable.painted("failed")).isEqualTo("failed");
    String before = System.setProperty("picocli.ansi", "true");
    try {
      assertThat(TextTable.painted("failed")).contains("\u001b[31m", "failed");
      assertThat(TextTable.painted("flights")).isEqualTo("flights");
    } finally {
      if (before == null) {
        System.clearProperty("picocli.ansi");
      } else {
        System.setProperty("picocli.ansi", before);
      }
    }
  }
}
