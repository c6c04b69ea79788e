package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverLogTest {

  @TempDir Path folder;

  @Test
  void aLineIsThereAtOnceAndAnOlderLogIsKept() throws IOException {
    Path file = Files.writeString(folder.resolve("run.log"), "before\n");

    try (DriverLog log = DriverLog.open(file)) {
      log.write("now");

      assertThat(file).hasContent("before\nnow");
    }
  }

  @Test
  void aLogThatCanNotBeOpenedIsSaidOnce() {
    assertThat(whatIsSaidAbout(folder)).hasLineCount(1).contains("goes on without it");
  }

  /** A device of Linux; elsewhere it is a file that can't be made. */
  @Test
  void aDiskThatIsFullIsSaidOnce() {
    assertThat(whatIsSaidAbout(Path.of("/dev/full")))
        .hasLineCount(1)
        .contains("goes on without it");
  }

  private static String whatIsSaidAbout(Path file) {
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try (DriverLog log = DriverLog.open(file)) {
      for (int i = 0; i < 10_000; i++) {
        log.write("a line that nobody can keep");
      }
    } finally {
      System.setErr(err);
    }
    return said.toString(StandardCharsets.UTF_8);
  }
}
