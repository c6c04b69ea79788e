package io.afp.ingestion.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Files of text, decompressed as their names say. */
public final class TextFiles {

  private TextFiles() {}

  /** The characters of a file. */
  public static Reader open(Configuration hadoop, String address, TextForm form)
      throws IOException {
    InputStream bytes = bytes(hadoop, address);
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
    Compression compression = Compression.of(path.getName());
    InputStream bytes = path.getFileSystem(hadoop).open(path);
    try {
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
