package io.afp.ingestion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Changes files while they are read: a computed column calls it by {@code java_method}. */
public final class FileSwap {

  private static volatile Runnable swap = () -> {};

  private FileSwap() {}

  static void during(Runnable change) {
    swap = change;
  }

  /** Called for each row. */
  public static String swap(String value) {
    swap.run();
    return value;
  }

  static void append(Path file, String text) {
    try {
      Files.writeString(file, Files.readString(file) + text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
