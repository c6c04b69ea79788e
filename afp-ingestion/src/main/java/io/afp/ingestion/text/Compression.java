package io.afp.ingestion.text;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.io.compress.GzipCodec;

/** How a file of text is compressed, as the ending of its name says. */
public enum Compression {
  GZIP(".gz", ".gzip") {
    @Override
    public InputStream open(InputStream bytes) throws IOException {
      GzipCodec codec = new GzipCodec();
      codec.setConf(new Configuration(false));
      return codec.createInputStream(bytes);
    }
  },
  BZIP2(".bz2", ".bzip2") {
    @Override
    public InputStream open(InputStream bytes) throws IOException {
      BZip2Codec codec = new BZip2Codec();
      codec.setConf(new Configuration(false));
      return codec.createInputStream(bytes);
    }
  },
  ZSTD(".zst", ".zstd") {
    @Override
    public InputStream open(InputStream bytes) throws IOException {
      return new ZstdInputStreamNoFinalizer(bytes);
    }
  },
  NONE {
    @Override
    public InputStream open(InputStream bytes) {
      return bytes;
    }
  };

  /** Endings of what is not known; its bytes would be taken for text. */
  private static final List<String> UNKNOWN =
      List.of(
          ".zip", ".xz", ".7z", ".lz4", ".lzo", ".snappy", ".deflate", ".br", ".z", ".tar", ".tgz");

  private final List<String> endings;

  Compression(String... endings) {
    this.endings = List.of(endings);
  }

  /** The decompressed bytes. */
  public abstract InputStream open(InputStream bytes) throws IOException;

  /**
   * The compression of a file.
   *
   * @throws IOException if the name says one that is not known
   */
  public static Compression of(String name) throws IOException {
    String lower = name.toLowerCase(Locale.ROOT);
    Optional<String> unknown = UNKNOWN.stream().filter(lower::endsWith).findFirst();
    if (unknown.isPresent()) {
      throw new IOException(
          "'%s' is no compression that can be read: only .gz, .bz2 and .zst"
              .formatted(unknown.get()));
    }
    return Arrays.stream(values())
        .filter(c -> c.endings.stream().anyMatch(lower::endsWith))
        .findFirst()
        .orElse(NONE);
  }
}
