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

/** Opens the texts of CSV files. */
public record CsvText(Configuration hadoop, CsvFormat format) {

  /** The records of a file, its header first if it has one. */
  RecordScanner open(FoundFile file) throws IOException {
    InputStream bytes = TextFiles.bytes(hadoop, file.status());
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
    return form.isUtf8() ? bytes : new Utf8Stream(new StrictReader(bytes, form.skippingNone()));
  }

  /** The records of a plain file in UTF-8, from a byte on at which one begins. */
  RecordScanner openAt(FoundFile file, long offset) throws IOException {
    return new RecordScanner(bytesAt(file, offset), format, offset);
  }

  /** The bytes of a plain file from one on. */
  InputStream bytesAt(FoundFile file, long offset) throws IOException {
    FSDataInputStream bytes = TextFiles.opened(hadoop, file.status());
    try {
      bytes.seek(offset);
      return bytes;
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /** The texts of a file's first record; none if it has no record. */
  public List<String> firstRecord(FoundFile file) throws IOException {
    try (RecordScanner records = open(file)) {
      return records.next() ? records.texts() : List.of();
    }
  }
}
