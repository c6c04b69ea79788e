package io.afp.ingestion.csv;

import static java.util.stream.Collectors.joining;

import com.univocity.parsers.common.TextParsingException;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.afp.core.definition.CsvDetails;
import io.afp.ingestion.csv.ScannedCsv.Placed;
import io.afp.ingestion.file.GuardedCsv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Asks several readers about generated files of a dialect: the one of AFP, Spark's parser behind
 * AFP's guard, and FastCSV. Where they may differ:
 *
 * <ul>
 *   <li>Spark's parser may lose a zero byte within quotes, so the guard rejects its record.
 *   <li>A value that goes on behind its quotes is taken as it stands by AFP; Spark's parser makes
 *       one of two quotes in it. If the dialect has an escape, it also goes on behind two quotes as
 *       if the first one was an escape, so that it may end such a record elsewhere.
 *   <li>Where only blanks behind values are ignored, Spark's parser takes some fields of blanks for
 *       an empty value in quotes: the last one, and all if the delimiter has several characters.
 *   <li>Spark's parser may take blanks at the end of a file, without a line end behind them, for a
 *       record, an empty value in quotes or a part of the last value where they are ignored. If the
 *       delimiter has several characters, it takes no value at all there for one in quotes, and
 *       doubles a quote in which the last value ends.
 *   <li>Where blanks before values are ignored and the delimiter has several characters, Spark's
 *       parser puts a part of it that stands behind blanks, and before others, a delimiter or the
 *       end of a line, before what comes next, and fails if that is nothing. A record of blanks and
 *       delimiters alone that begins with blanks is one field short for it.
 *   <li>Where blanks behind values are ignored, Spark's parser fails on some files that begin with
 *       blanks.
 *   <li>Spark's parser knows line ends of one character, if not the usual ones.
 *   <li>FastCSV loses a value with a carriage return alone in quotes, knows only delimiters of one
 *       character and quotes that are doubled, and takes a quote within a value for a mistake.
 * </ul>
 */
final class CsvTrial {

  private static final String BLANK = "[\\x00-\\x20]";
  private static final String WITHIN_LINE = "[\\x00-\\x20&&[^\\n]]";

  private final Dialect dialect;
  private final ScannedCsv scanned;
  private final GuardedCsv guarded;

  CsvTrial(Dialect dialect) {
    this.dialect = dialect;
    this.scanned = new ScannedCsv(dialect);
    this.guarded = new GuardedCsv(dialect.source(), dialect.columns());
  }

  Dialect dialect() {
    return dialect;
  }

  /** How a file is read wrongly that was written as it should be; empty if it is read well. */
  Optional<String> ofWellFormed(GeneratedFile file) throws IOException {
    return differs(file, file.rows());
  }

  /** The same of one that has quotes only where the RFC has them. */
  Optional<String> ofStrict(GeneratedFile file) throws IOException {
    return ofWellFormed(file)
        .or(() -> isForFastCsv(file) ? fastCsvDiffers(file) : Optional.empty());
  }

  /**
   * How a broken file is read wrongly; empty if it is read well. Where there is an escape, or a
   * delimiter of several characters and a record with broken quotes, Spark's parser ends some
   * records in other lines.
   */
  Optional<String> ofBroken(GeneratedFile file) throws IOException {
    List<Placed> records = scanned.records(file.bytes());
    return misplaced(file, records)
        .or(
            () ->
                isComparable(records)
                    ? guardedDiffers(file, found(records), this::withoutQuotes)
                    : Optional.empty());
  }

  private boolean isComparable(List<Placed> records) {
    return dialect.csv().escape().isEmpty()
        && (dialect.csv().delimiter().length() == 1
            || records.stream().noneMatch(this::hasBrokenQuotes));
  }

  /** Whether a value goes on behind its quotes, or may do so. */
  private boolean hasBrokenQuotes(Placed record) {
    String quote = dialect.csv().quote();
    boolean goesOn =
        record.found().values().stream().anyMatch(v -> v != null && v.startsWith(quote));
    boolean mayGoOn = record.found().malformed().isPresent() && record.text().contains(quote);
    return dialect.hasQuotes() && (goesOn || mayGoOn);
  }

  private Found withoutQuotes(Found found) {
    String quote = dialect.csv().quote();
    return found.malformed().isPresent() || quote.isEmpty()
        ? found
        : Found.of(
            found.values().stream().map(v -> v == null ? "" : v.replace(quote, "")).toList());
  }

  private Optional<String> differs(GeneratedFile file, List<Found> expected) throws IOException {
    List<Placed> records = scanned.records(file.bytes());
    return difference("expected", file, expected, found(records))
        .or(() -> misplaced(file, records))
        .or(() -> guardedDiffers(file, found(records), found -> found));
  }

  private static List<Found> found(List<Placed> records) {
    return records.stream().map(Placed::found).toList();
  }

  private Optional<String> misplaced(GeneratedFile file, List<Placed> records) {
    boolean isUtf8 = dialect.encoding().equals(StandardCharsets.UTF_8);
    return isUtf8
        ? new Places(file).wrong(records).map(wrong -> "%s%n%s".formatted(file, wrong))
        : Optional.empty();
  }

  private Optional<String> guardedDiffers(
      GeneratedFile file, List<Found> records, UnaryOperator<Found> compared) {
    boolean endsOtherwise = dialect.csv().details().lineSep().length() > 1;
    if (file.text().indexOf('\0') >= 0
        || endsOtherwise
        || endsUnclearly(file, records)
        || movesDelimiters(file)
        || losesFields(file)) {
      return Optional.empty();
    }
    try {
      List<Found> others = guarded.lines(file.bytes()).stream().map(Found::of).toList();
      return difference(
          "Spark's parser", file, compared(others, compared), compared(records, compared));
    } catch (IOException e) {
      return Optional.of("%s%n%s".formatted(file, e));
    } catch (TextParsingException e) {
      return dialect.csv().details().ignoreTrailingWhiteSpace()
          ? Optional.empty()
          : Optional.of("%s%n%s".formatted(file, e));
    }
  }

  /** Whether the last line has no end, and is read otherwise by Spark's parser because of that. */
  private boolean endsUnclearly(GeneratedFile file, List<Found> records) {
    String text = lines(file);
    String last = text.substring(text.lastIndexOf('\n') + 1);
    CsvDetails details = dialect.csv().details();
    String delimiter = dialect.csv().delimiter();
    boolean ignored = details.ignoreLeadingWhiteSpace() || details.ignoreTrailingWhiteSpace();
    boolean isBlank = !last.isEmpty() && last.charAt(last.length() - 1) <= ' ';
    boolean isEmpty = delimiter.length() > 1 && last.endsWith(delimiter);
    boolean isDoubled =
        delimiter.length() > 1 && dialect.hasQuotes() && last.endsWith(dialect.csv().quote());
    return ignored && isBlank
        || details.emptyValue().isPresent() && isEmpty
        || isDoubled && !records.isEmpty() && endsInQuote(records.get(records.size() - 1));
  }

  /** The text with usual line ends, and no others. */
  private String lines(GeneratedFile file) {
    return dialect.inLines(file.text()).replace('\u2424', ' ');
  }

  /** Whether a part of a delimiter stands behind a blank, and before another or a delimiter. */
  private boolean movesDelimiters(GeneratedFile file) {
    String delimiter = dialect.csv().delimiter();
    String parts =
        IntStream.range(1, delimiter.length())
            .mapToObj(end -> Pattern.quote(delimiter.substring(0, end)))
            .collect(joining("|"));
    return skipsBlanksBehindLongDelimiters()
        && holds(file, BLANK + "(" + parts + ")(" + BLANK + "|\\z|" + quoted() + ")");
  }

  /** Whether a line that begins with blanks has but blanks and delimiters. */
  private boolean losesFields(GeneratedFile file) {
    return skipsBlanksBehindLongDelimiters()
        && holds(file, "(?md)^" + WITHIN_LINE + "+(?:" + quoted() + WITHIN_LINE + "*)+$");
  }

  private boolean skipsBlanksBehindLongDelimiters() {
    return dialect.csv().details().ignoreLeadingWhiteSpace()
        && dialect.csv().delimiter().length() > 1;
  }

  private boolean holds(GeneratedFile file, String pattern) {
    return Pattern.compile(pattern).matcher(lines(file)).find();
  }

  private String quoted() {
    return Pattern.quote(dialect.csv().delimiter());
  }

  private boolean endsInQuote(Found record) {
    List<String> values = record.values();
    String last = values.isEmpty() ? null : values.get(values.size() - 1);
    return last != null && last.endsWith(dialect.csv().quote());
  }

  private List<Found> compared(List<Found> records, UnaryOperator<Found> compared) {
    return records.stream().map(compared).map(this::withoutEmptyValues).toList();
  }

  private Found withoutEmptyValues(Found found) {
    CsvDetails details = dialect.csv().details();
    boolean differs = details.ignoreTrailingWhiteSpace() && !details.ignoreLeadingWhiteSpace();
    return !differs || found.malformed().isPresent()
        ? found
        : Found.of(
            found.values().stream()
                .map(v -> details.emptyValue().equals(Optional.ofNullable(v)) ? null : v)
                .toList());
  }

  private boolean isForFastCsv(GeneratedFile file) {
    return dialect.hasQuotes()
        && dialect.csv().escape().isEmpty()
        && dialect.csv().delimiter().length() == 1
        && dialect.csv().details().equals(CsvDetails.usual())
        && !file.text().replace("\r\n", "").contains("\r");
  }

  private Optional<String> fastCsvDiffers(GeneratedFile file) {
    List<Found> found = new ArrayList<>();
    for (CsvRecord record : fastCsv().ofCsvRecord(file.text().substring(file.head()))) {
      boolean whole = record.getFieldCount() == dialect.columns();
      found.add(whole ? Found.of(fields(record)) : Found.malformed(""));
    }
    List<Found> expected =
        file.rows().stream()
            .map(row -> row.malformed().isPresent() ? Found.malformed("") : row)
            .toList();
    return difference("FastCSV", file, found, expected);
  }

  private List<String> fields(CsvRecord record) {
    return record.getFields().stream().map(dialect::asRead).toList();
  }

  private CsvReaderBuilder fastCsv() {
    CsvReaderBuilder reader =
        CsvReader.builder()
            .fieldSeparator(dialect.csv().delimiter().charAt(0))
            .quoteCharacter(dialect.csv().quote().charAt(0))
            .skipEmptyLines(true);
    String comment = dialect.csv().comment();
    return comment.isEmpty()
        ? reader
        : reader.commentStrategy(CommentStrategy.SKIP).commentCharacter(comment.charAt(0));
  }

  private static Optional<String> difference(
      String who, GeneratedFile file, List<Found> expected, List<Found> found) {
    return found.equals(expected)
        ? Optional.empty()
        : Optional.of("%s%n%s: %s%nfound: %s".formatted(file, who, expected, found));
  }
}
