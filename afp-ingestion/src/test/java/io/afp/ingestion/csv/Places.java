package io.afp.ingestion.csv;

import io.afp.ingestion.csv.ScannedCsv.Placed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks whether records are where they say, and whether anything is in none of them. */
final class Places {

  private final byte[] bytes;
  private final Pattern nothing;

  Places(GeneratedFile file) {
    this.bytes = file.bytes();
    String comment = file.dialect().csv().comment();
    String skipped = comment.isEmpty() ? "" : "|" + Pattern.quote(comment) + "[^\n]*";
    this.nothing = Pattern.compile("(\n(\n%s)*)?".formatted(skipped));
  }

  /** What is wrong; empty if nothing is. */
  Optional<String> wrong(List<Placed> records) {
    for (int i = 0; i < records.size(); i++) {
      Placed record = records.get(i);
      long end = i + 1 < records.size() ? records.get(i + 1).offset() : bytes.length;
      String text = text(record.offset(), end);
      if (!text.startsWith(record.text())) {
        return Optional.of("at %s is %s".formatted(record, GeneratedFile.shown(text)));
      }
      String rest = text.substring(record.text().length());
      if (!nothing.matcher(rest).matches()) {
        return Optional.of("%s loses %s".formatted(record, GeneratedFile.shown(rest)));
      }
      if (record.line() != text(0, record.offset()).chars().filter(c -> c == '\n').count() + 1) {
        return Optional.of("%s is not in its line".formatted(record));
      }
    }
    return Optional.empty();
  }

  private String text(long from, long to) {
    String text = new String(bytes, (int) from, (int) (to - from), StandardCharsets.UTF_8);
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }
}
