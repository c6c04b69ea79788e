package io.afp.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file that the output of a driver goes to. When it can't be written this is said once, and the
 * lines are dropped: a driver whose output nobody takes would stand still.
 */
final class DriverLog implements AutoCloseable {

  private BufferedWriter lines;

  private DriverLog() {}

  /** Goes on at the end of the file, if there is one. */
  static DriverLog open(Path file) {
    DriverLog log = new DriverLog();
    try {
      log.lines =
          Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      log.giveUp(e);
    }
    return log;
  }

  /** Seen by readers of the file at once. */
  void write(String line) {
    if (lines == null) {
      return;
    }
    try {
      lines.write(line);
      lines.newLine();
      lines.flush();
    } catch (IOException e) {
      giveUp(e);
    }
  }

  private void giveUp(IOException reason) {
    System.err.printf("The log can't be written, and the run goes on without it: %s%n", reason);
    close();
  }

  /** Says nothing: every line was written or given up before. */
  @Override
  public void close() {
    BufferedWriter open = lines;
    lines = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      // only the line that was given up is left to write
    }
  }
}
