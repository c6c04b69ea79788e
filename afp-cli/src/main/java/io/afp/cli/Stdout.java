package io.afp.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The stdout of this process, which remembers when something did not get there: a {@link
 * PrintStream} says nothing about it.
 */
final class Stdout extends OutputStream {

  private static final int KIND = 0xF000;
  private static final int PIPE = 0x1000;
  private static final int SOCKET = 0xC000;

  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private IOException failure;

  private Stdout() {}

  /** From here on all that is printed goes through it. */
  static Stdout install() {
    Stdout stdout = new Stdout();
    System.setOut(new PrintStream(stdout, true, Charset.defaultCharset()));
    return stdout;
  }

  /** Why something is lost; empty when nothing is, or the reader went away and wants no more. */
  Optional<IOException> loss() {
    System.out.flush();
    return Optional.ofNullable(failure).filter(e -> !isPipe());
  }

  /** A write to a pipe fails only when nobody reads from it any more. */
  private static boolean isPipe() {
    try {
      int mode = (Integer) Files.getAttribute(Path.of("/dev/stdout"), "unix:mode");
      return Set.of(PIPE, SOCKET).contains(mode & KIND);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
