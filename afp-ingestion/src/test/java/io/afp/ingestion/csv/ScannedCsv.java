package io.afp.ingestion.csv;

import io.afp.ingestion.text.StrictReader;
import io.afp.ingestion.text.TextForm;
import io.afp.ingestion.text.Utf8Stream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Files as the reader of AFP takes them apart, without a job of Spark. */
final class ScannedCsv {

  private final CsvFormat format;
  private final int fields;

  ScannedCsv(Dialect dialect) {
    this.format = CsvFormat.of(dialect.source()).orElseThrow();
    this.fields = dialect.columns();
  }

  /** A record, all its text, and where it begins. */
  record Placed(Found found, String text, long line, long offset) {}

  /** The records behind the header. */
  List<Placed> records(byte[] bytes) throws IOException {
    List<Placed> all = new ArrayList<>();
    try (RecordScanner records = new RecordScanner(utf8(bytes), format, 0)) {
      records.skip(format.text().skipLines());
      boolean more = records.next();
      if (format.header()) {
        more = more && records.next();
      }
      while (more) {
        all.add(placed(records));
        more = records.next();
      }
    }
    return all;
  }

  Placed placed(RecordScanner record) {
    boolean whole = !record.isMalformed() && record.fields() == fields;
    String text = record.text();
    Found found = whole ? Found.of(record.texts()) : Found.malformed(text);
    return new Placed(found, text, record.line(), record.offset());
  }

  private InputStream utf8(byte[] bytes) throws IOException {
    InputStream in = new ByteArrayInputStream(bytes);
    TextForm form = format.text();
    return form.isUtf8() ? in : new Utf8Stream(new StrictReader(in, form.skippingNone()));
  }
}
