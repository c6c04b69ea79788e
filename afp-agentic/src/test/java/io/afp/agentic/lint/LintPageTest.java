package io.afp.agentic.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.agentic.finding.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/lint.md} says what the codes say. */
class LintPageTest {

  private static final Path PAGE = Path.of("..", "docs", "lint.md");
  private static final Path CURRENT = Path.of("target", "lint.md");

  @Test
  void thePageIsCurrent() throws IOException {
    String current = Files.readString(Files.writeString(CURRENT, LintPage.text()));

    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as("docs/lint.md is not current. Update it: cp afp-agentic/target/lint.md docs/lint.md")
        .isEqualTo(current);
  }

  @Test
  void everyCodeIsOnThePage() {
    for (Code code : Code.values()) {
      assertThat(LintPage.text()).contains("| `%s` |".formatted(code));
    }
  }
}
