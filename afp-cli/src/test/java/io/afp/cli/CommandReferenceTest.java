package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/commands.md} says what the commands say. */
class CommandReferenceTest {

  private static final Path PAGE = Path.of("..", "docs", "commands.md");
  private static final Path CURRENT = Path.of("target", "commands.md");

  @Test
  void thePageIsCurrent() throws IOException {
    String current = Files.readString(Files.writeString(CURRENT, CommandReference.page()));

    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as(
            "docs/commands.md is not current. Update it: cp afp-cli/target/commands.md docs/commands.md")
        .isEqualTo(current);
  }

  @Test
  void onlyWhatMayBeLeftOutHasBrackets() {
    assertThat(CommandReference.page().lines())
        .contains("afp rollback --to RELEASE [--dry-run]", "afp runs [--limit N] [PIPELINE]");
  }
}
