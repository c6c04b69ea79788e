package io.afp.ingestion.text;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.GzipCodec;

/** How a file of text is compressed, as the ending of its name says. */
public enum Compression {
  GZIP(".gz", ".gzip") {
    @Override
    InputStream unpack(InputStream bytes) throws IOException {
      GzipCodec codec = new GzipCodec();
      codec.setConf(new Configuration(false));
      return codec.createInputStream(bytes);
    }
  },
  BZIP2(".bz2", ".bzip2") {
    @Override
    InputStream unpack(InputStream bytes) throws IOException {
      // Hadoop's goes on at the next part where the start of one is damaged
      return new BZip2CompressorInputStream(bytes, true);
    }
  },
  ZSTD(".zst", ".zstd") {
    @Override
    InputStream unpack(InputStream bytes) throws IOException {
      return new ZstdInputStreamNoFinalizer(new SequenceInputStream(bytes, emptyPart()));
    }
  },
  NONE {
    @Override
    InputStream unpack(InputStream bytes) {
      return bytes;
    }
  };

  /** Endings of what is not known; its bytes would be taken for text. */
  private static final List<String> UNKNOWN =
      List.of(
          ".zip", ".xz", ".7z", ".lz4", ".lzo", ".snappy", ".deflate", ".br", ".z", ".tar", ".tgz");

  /** Longer than a block, so that it can't be the missing end of one. */
  private static final int EMPTY_PART = 256 * 1024;

  private static final int ZSTD_SKIPPED = 0x184D2A50;

  private final List<String> endings;

  Compression(String... endings) {
    this.endings = List.of(endings);
  }

  /**
   * The decompressed bytes.
   *
   * @throws IOException if there are none; an archive has some, also if its text has none
   */
  public InputStream open(InputStream bytes) throws IOException {
    return this == NONE ? bytes : unpack(notEmpty(bytes));
  }

  private static InputStream notEmpty(InputStream bytes) throws IOException {
    InputStream archive = new BufferedInputStream(bytes, 64 * 1024);
    archive.mark(1);
    if (archive.read() < 0) {
      throw new IOException("it is empty, and so no archive");
    }
    archive.reset();
    return archive;
  }

  /**
   * A part of a zstd archive that holds nothing. The library takes a later part that is cut off for
   * the end of the archive; with this behind it, it notices.
   */
  private static InputStream emptyPart() {
    ByteBuffer part = ByteBuffer.allocate(EMPTY_PART).order(ByteOrder.LITTLE_ENDIAN);
    part.putInt(ZSTD_SKIPPED).putInt(EMPTY_PART - 2 * Integer.BYTES);
    return new ByteArrayInputStream(part.array());
  }

  abstract InputStream unpack(InputStream bytes) throws IOException;

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
