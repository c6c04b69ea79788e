package io.afp.agentic.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {

  @TempDir Path root;

  @Test
  void whoMayDoWhatWithAFileStays() throws IOException {
    Path file = Files.writeString(root.resolve("run.sh"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));

    TextFile.write(root, "run.sh", "#!/bin/sh\ntrue\n");

    assertThat(file).hasContent("#!/bin/sh\ntrue\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rwxr-x--x");
    assertThat(root).isDirectoryNotContaining("glob:**/.run.sh*");
  }

  @Test
  void aNewScriptCanBeRunAndAnotherTextCanNot() {
    TextFile.write(root, "hooks/run.sh", "#!/bin/sh\n");
    TextFile.write(root, "hooks/README.md", "# Hooks\n");

    assertThat(root.resolve("hooks/run.sh")).isExecutable();
    assertThat(Files.isExecutable(root.resolve("hooks/README.md"))).isFalse();
  }

  @Test
  void aLinkThatWaitsBesideAFileIsNotFollowed(@TempDir Path elsewhere) throws IOException {
    Path other = Files.writeString(elsewhere.resolve("other"), "theirs");
    Files.createSymbolicLink(root.resolve(".a.md.new"), other);

    TextFile.write(root, "a.md", "mine\n");

    assertThat(other).hasContent("theirs");
    assertThat(root.resolve("a.md")).hasContent("mine");
  }
}
