package io.afp.ingestion.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.FutureIO;

/** Files of text, decompressed as their names say. */
public final class TextFiles {

  private TextFiles() {}

  /** Whether Spark reads no rows from a file: marks of other programs, and copies under way. */
  public static boolean isHidden(Path file) {
    String name = file.getName();
    return name.startsWith("_") || name.startsWith(".") || name.endsWith("._COPYING_");
  }

  /** The characters of a file. */
  public static Reader open(Configuration hadoop, String address, TextForm form)
      throws IOException {
    return characters(bytes(hadoop, address), form);
  }

  /** The characters of a file that was listed: a store need not be asked for it again. */
  public static Reader open(Configuration hadoop, FileStatus file, TextForm form)
      throws IOException {
    return characters(bytes(hadoop, file), form);
  }

  private static Reader characters(InputStream bytes, TextForm form) throws IOException {
    try {
      return new StrictReader(bytes, form);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /** The bytes of a file. */
  public static InputStream bytes(Configuration hadoop, String address) throws IOException {
    Path path = new Path(address);
    return unpacked(path, path.getFileSystem(hadoop).open(path));
  }

  /** The bytes of a file that was listed: a store need not be asked for it again. */
  public static InputStream bytes(Configuration hadoop, FileStatus file) throws IOException {
    return unpacked(file.getPath(), opened(hadoop, file));
  }

  /** The same as the file has them, packed or not. */
  public static FSDataInputStream opened(Configuration hadoop, FileStatus file) throws IOException {
    Path path = file.getPath();
    return FutureIO.awaitFuture(
        path.getFileSystem(hadoop).openFile(path).withFileStatus(file).build());
  }

  private static InputStream unpacked(Path path, InputStream bytes) throws IOException {
    try {
      Compression compression = Compression.of(path.getName());
      return compression.open(bytes);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /** The characters of a file with this name. */
  public static Reader characters(String name, InputStream bytes, TextForm form)
      throws IOException {
    return new StrictReader(Compression.of(name).open(bytes), form);
  }

  /**
   * The failure of a read, as Spark would tell it.
   *
   * @param uri of the file
   */
  public static IOException whileReading(String uri, IOException cause) {
    return new IOException("Stopped while reading file " + uri, cause);
  }
}
