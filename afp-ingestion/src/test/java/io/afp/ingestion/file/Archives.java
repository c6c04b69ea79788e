package io.afp.ingestion.file;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.BZip2Codec;

/** Archives, written by the libraries that others use too. */
enum Archives {
  GZIP(".gz") {
    @Override
    OutputStream into(OutputStream out) throws IOException {
      return new GZIPOutputStream(out);
    }
  },
  BZIP2(".bz2") {
    @Override
    OutputStream into(OutputStream out) throws IOException {
      BZip2Codec codec = new BZip2Codec();
      codec.setConf(new Configuration(false));
      return codec.createOutputStream(out);
    }
  },
  ZSTD(".zst") {
    @Override
    OutputStream into(OutputStream out) throws IOException {
      return new ZstdOutputStreamNoFinalizer(out).setChecksum(true);
    }
  },
  ZSTD_WITHOUT_CHECKSUM(".zst") {
    @Override
    OutputStream into(OutputStream out) throws IOException {
      return new ZstdOutputStreamNoFinalizer(out);
    }
  };

  final String ending;

  Archives(String ending) {
    this.ending = ending;
  }

  /** The plainest kind that files of this ending have, in any case. */
  static Archives named(String ending) {
    return Arrays.stream(values())
        .filter(kind -> kind.ending.equalsIgnoreCase(ending))
        .reduce((one, plainer) -> plainer)
        .orElseThrow();
  }

  abstract OutputStream into(OutputStream out) throws IOException;

  /** An archive with a part for each text. */
  byte[] of(String... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String part : parts) {
      try (OutputStream out = into(all)) {
        out.write(part.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all.toByteArray();
  }
}
