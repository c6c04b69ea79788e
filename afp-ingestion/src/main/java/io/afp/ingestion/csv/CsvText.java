package io.afp.ingestion.csv;

import io.afp.ingestion.text.StrictReader;
import io.afp.ingestion.text.TextFiles;
import io.afp.ingestion.text.TextForm;
import io.afp.ingestion.text.Utf8Stream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Opens the texts of CSV files. */
public record CsvText(Configuration hadoop, CsvFormat format) {

  /** The records of a file, its header first if it has one. */
  RecordScanner open(String address) throws IOException {
    InputStream bytes = TextFiles.bytes(hadoop, address);
    try {
      RecordScanner records = new RecordScanner(utf8(bytes), format, 0);
      records.skip(format.text().skipLines());
      return records;
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private InputStream utf8(InputStream bytes) throws IOException {
    TextForm form = format.text();
    return form.isUtf8()
        ? bytes
        : new Utf8Stream(new StrictReader(bytes, new TextForm(form.encoding(), 0)));
  }

  /** The records of a plain file in UTF-8, from a byte on at which one begins. */
  RecordScanner openAt(String address, long offset) throws IOException {
    return new RecordScanner(bytesAt(address, offset), format, offset);
  }

  /** The bytes of a plain file from one on. */
  InputStream bytesAt(String address, long offset) throws IOException {
    Path path = new Path(address);
    FSDataInputStream bytes = path.getFileSystem(hadoop).open(path);
    try {
      bytes.seek(offset);
      return bytes;
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /** The texts of a file's first record; none if it has no record. */
  public List<String> firstRecord(String address) throws IOException {
    try (RecordScanner records = open(address)) {
      return records.next() ? records.texts() : List.of();
    }
  }
}
