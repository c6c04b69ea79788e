package io.afp.ingestion.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Files of text, decompressed as their names say. */
final class TextFiles {

  private TextFiles() {}

  static InputStream open(Configuration hadoop, String address) throws IOException {
    Path path = new Path(address);
    InputStream bytes = path.getFileSystem(hadoop).open(path);
    try {
      CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
      return codec == null ? bytes : codec.createInputStream(bytes);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** The first of these files that can't be read to its end; reads them all, if need be. */
  static Optional<String> firstBroken(Configuration hadoop, List<String> addresses) {
    return addresses.stream().filter(address -> !isWhole(hadoop, address)).findFirst();
  }

  private static boolean isWhole(Configuration hadoop, String address) {
    try (InputStream in = open(hadoop, address)) {
      in.transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
