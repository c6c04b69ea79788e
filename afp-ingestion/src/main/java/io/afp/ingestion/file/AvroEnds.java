package io.afp.ingestion.file;

import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.mapred.FsInput;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Avro takes a block that is cut off for the end of the file, and loses its rows without a word. So
 * the end is looked at: each block, and the header, ends with the mark of the file.
 */
final class AvroEnds {

  private static final int MARK = 16;

  private AvroEnds() {}

  /** Fails if a file does not end with its mark. */
  static void require(Configuration hadoop, String address) throws IOException {
    Path path = new Path(address);
    FileSystem files = path.getFileSystem(hadoop);
    try (FSDataInputStream in = files.open(path)) {
      byte[] mark = mark(in, endOfHeader(hadoop, path));
      byte[] end = mark(in, files.getFileStatus(path).getLen());
      if (!Arrays.equals(mark, end)) {
        throw new IOException("it is cut off: its last block has no end");
      }
    }
  }

  private static long endOfHeader(Configuration hadoop, Path path) throws IOException {
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(new FsInput(path, hadoop), new GenericDatumReader<>())) {
      return reader.previousSync();
    }
  }

  private static byte[] mark(FSDataInputStream in, long end) throws IOException {
    byte[] mark = new byte[MARK];
    in.readFully(end - MARK, mark);
    return mark;
  }
}
