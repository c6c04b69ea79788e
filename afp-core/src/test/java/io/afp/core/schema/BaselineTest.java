package io.afp.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {

  @TempDir private Path folder;

  @Test
  void aTestThatWritesABaselineFails() {
    Path file = folder.resolve("keys.md");
    assertThatThrownBy(() -> Baseline.write(file, "new"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("keys.md is written: look at the difference");
    assertThat(file).hasContent("new");
  }

  @Test
  void aBaselineThatIsMissingOrOldFailsAndIsNotWritten() throws IOException {
    Path file = folder.resolve("keys.md");
    assertThatThrownBy(() -> Baseline.check(file, "new")).hasMessageContaining("Make it by: ");
    assertThat(file).doesNotExist();
    Files.writeString(file, "old");
    assertThatThrownBy(() -> Baseline.check(file, "new")).hasMessageContaining("Update it by: ");
    assertThat(file).hasContent("old");
  }
}
