package io.afp.ingestion.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Files of text, decompressed as their names say. */
final class TextFiles {

  private TextFiles() {}

  static Reader open(Configuration hadoop, String address, TextForm form) throws IOException {
    Path path = new Path(address);
    InputStream bytes = path.getFileSystem(hadoop).open(path);
    try {
      return characters(path.getName(), bytes, form);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /** The characters of a file with this name. */
  static Reader characters(String name, InputStream bytes, TextForm form) throws IOException {
    return new StrictReader(Compression.of(name).open(bytes), form);
  }
}
