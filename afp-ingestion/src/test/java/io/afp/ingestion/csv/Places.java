package io.afp.ingestion.csv;

import io.afp.ingestion.csv.ScannedCsv.Placed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks whether records are where they say, and whether anything is in none of them. */
final class Places {

  private final byte[] bytes;
  private final Dialect dialect;
  private final Pattern nothing;

  Places(GeneratedFile file) {
    this.bytes = file.bytes();
    this.dialect = file.dialect();
    String comment = dialect.csv().comment();
    String skipped = comment.isEmpty() ? "" : "|" + Pattern.quote(comment) + "[^\n]*";
    boolean ignoresBlanks = dialect.csv().details().ignoreLeadingWhiteSpace();
    String blank = ignoresBlanks ? "|[\\x00-\\x09\\x0b-\\x20\\u2424]+" : "";
    this.nothing = Pattern.compile("(\n(\n%s%s)*+)?".formatted(skipped, blank));
  }

  /** What is wrong; empty if nothing is. */
  Optional<String> wrong(List<Placed> records) {
    for (int i = 0; i < records.size(); i++) {
      Placed record = records.get(i);
      long end = i + 1 < records.size() ? records.get(i + 1).offset() : bytes.length;
      String text = text(record.offset(), end);
      String whole = dialect.inLines(record.text());
      if (!text.startsWith(whole)) {
        return Optional.of("at %s is %s".formatted(record, GeneratedFile.shown(text)));
      }
      String rest = text.substring(whole.length());
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
    return dialect.inLines(
        new String(bytes, (int) from, (int) (to - from), StandardCharsets.UTF_8));
  }
}
