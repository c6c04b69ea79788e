package io.afp.ingestion.csv;

import io.afp.core.definition.CsvBuilder;
import io.afp.core.definition.CsvDef;
import io.afp.core.definition.CsvDetails;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A way to write CSV files.
 *
 * @param columns how many fields a record has
 */
public record Dialect(CsvDef csv, Charset encoding, int columns) {

  private static final List<String> DELIMITERS =
      List.of(",", ";", "\t", "|", "\\", " ", "||", "<>", "::", "|~|");

  /** Some dialect that a definition can say. */
  public static Dialect random(Random random) {
    String delimiter = random.nextBoolean() ? "," : of(random, DELIMITERS);
    String quote = of(random, List.of("\"", "\"", "\"", "\"", "'", ""));
    List<String> escapes =
        quote.isEmpty() || delimiter.equals("\\") ? List.of("") : List.of("", "", "\\");
    CsvDef csv =
        new CsvDef(
            random.nextInt(3) > 0,
            delimiter,
            quote,
            of(random, escapes),
            of(random, List.of("", "", "#")),
            random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0);
    CsvDef detailed = random.nextInt(3) > 0 ? csv : csv.with(details(random));
    String encoding = of(random, List.of("UTF-8", "UTF-8", "UTF-8", "UTF-16", "windows-1252"));
    return new Dialect(detailed, Charset.forName(encoding), 1 + random.nextInt(4));
  }

  private static CsvDetails details(Random random) {
    return new CsvDetails(
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean() ? Optional.empty() : Optional.of("nothing"),
        of(random, List.of("", "", "\n", "\r", "^", "\u001e", "\r\n")),
        random.nextInt(3) == 0 ? 10_000 : 0,
        random.nextInt(3) == 0 ? 100_000 : 0);
  }

  private static String of(Random random, List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** The same without what Spark's parser does not know. */
  Dialect forSpark() {
    CsvDetails all = csv.details();
    CsvDetails known =
        new CsvDetails(
            all.ignoreLeadingWhiteSpace(),
            false, // its parser fails on some files that begin with blanks
            all.emptyValue(),
            all.lineSep().length() > 1 ? "" : all.lineSep(),
            all.maxColumns(),
            0);
    return new Dialect(csv.with(known), encoding, columns);
  }

  /** The names of the fields. */
  public List<String> names() {
    return IntStream.range(0, columns).mapToObj(i -> "c" + i).toList();
  }

  /** The contract of a table of texts that is filled from files of this dialect. */
  public TableDef table(String files, UnaryOperator<CsvBuilder> more) {
    TableBuilder table =
        TableDef.named("raw.t").fromCsv(files, builder -> more.apply(said(builder)));
    names().forEach(name -> table.column(name, "string"));
    return table.build();
  }

  /** Files of this dialect. */
  FileSourceDef source() {
    return table("x.csv", csv -> csv).fileSource().orElseThrow();
  }

  private CsvBuilder said(CsvBuilder builder) {
    CsvBuilder said = csv.header() ? builder : builder.withoutHeader();
    said.delimiter(csv.delimiter()).quote(csv.quote()).encoding(encoding.name());
    if (!csv.escape().isEmpty()) {
      said.escape(csv.escape());
    }
    if (!csv.comment().isEmpty()) {
      said.comment(csv.comment());
    }
    if (csv.skipLines() > 0) {
      said.skipLines((int) csv.skipLines());
    }
    return detailed(said);
  }

  private CsvBuilder detailed(CsvBuilder builder) {
    CsvDetails details = csv.details();
    if (details.ignoreLeadingWhiteSpace()) {
      builder.ignoreLeadingWhiteSpace();
    }
    if (details.ignoreTrailingWhiteSpace()) {
      builder.ignoreTrailingWhiteSpace();
    }
    if (!details.lineSep().isEmpty()) {
      builder.lineSep(details.lineSep());
    }
    details.emptyValue().ifPresent(builder::emptyValue);
    if (details.maxColumns() > 0) {
      builder.maxColumns((int) details.maxColumns());
    }
    return details.maxCharsPerColumn() > 0
        ? builder.maxCharsPerColumn((int) details.maxCharsPerColumn())
        : builder;
  }

  /** The line ends that may end a record. */
  List<String> lineEnds() {
    String only = csv.details().lineSep();
    return only.isEmpty() ? List.of("\n", "\r\n", "\r") : List.of(only);
  }

  /** Whether a text has a line end, or a part of one that it could become. */
  boolean hasLineEnd(String text) {
    String only = csv.details().lineSep();
    return only.isEmpty()
        ? text.contains("\n") || text.contains("\r")
        : text.contains(only.substring(0, 1));
  }

  /** A text without line ends. */
  String inOneLine(String text) {
    String only = csv.details().lineSep();
    return text.replaceAll("[\\n\\r]", "").replace(only.isEmpty() ? "\n" : only, "");
  }

  /** A text with line ends as they are read: the usual ones become those of Unix. */
  String asRead(String text) {
    boolean isUsual = csv.details().lineSep().isEmpty();
    return isUsual ? text.replace("\r\n", "\n").replace('\r', '\n') : text;
  }

  /** A text in which that is a line end of Unix which is one, and nothing else. */
  String inLines(String text) {
    String only = csv.details().lineSep();
    return only.isEmpty()
        ? asRead(text)
        : text.replace(only, "\uE0FF").replace('\n', '\u2424').replace('\uE0FF', '\n');
  }

  /** What is read of a value that is written without quotes. */
  String bare(String value) {
    int from = 0;
    int to = value.length();
    while (csv.details().ignoreLeadingWhiteSpace() && from < to && value.charAt(from) <= ' ') {
      from++;
    }
    while (csv.details().ignoreTrailingWhiteSpace() && to > from && value.charAt(to - 1) <= ' ') {
      to--;
    }
    return value.substring(from, to);
  }

  boolean hasQuotes() {
    return !csv.quote().isEmpty();
  }

  /** Whether a value can stand as it is, as the first of its record or behind others. */
  boolean needsQuotes(String value, int column) {
    String quote = csv.quote();
    return hasLineEnd(value)
        || hasQuotes() && bare(value).startsWith(quote)
        || (value + csv.delimiter()).indexOf(csv.delimiter()) < value.length()
        || column == 0 && isComment(value)
        || bare(value).isEmpty() && columns == 1;
  }

  private boolean isComment(String value) {
    return !csv.comment().isEmpty() && value.startsWith(csv.comment());
  }

  /** A value in quotes. */
  String quoted(String value, Random random) {
    String quote = csv.quote();
    if (csv.escape().isEmpty()) {
      return quote + value.replace(quote, quote + quote) + quote;
    }
    return quote + escaped(value, random) + quote;
  }

  /** An escape stands for itself, where no quote or escape comes behind. */
  private String escaped(String value, Random random) {
    char escape = csv.escape().charAt(0);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean isLast = i == value.length() - 1;
      boolean mayStand =
          c == escape
              && !isLast
              && value.charAt(i + 1) != escape
              && value.charAt(i + 1) != csv.quote().charAt(0)
              && random.nextBoolean();
      boolean isSpecial = c == escape || c == csv.quote().charAt(0);
      text.append(isSpecial && !mayStand ? "" + escape + c : c);
    }
    return text.toString();
  }

  /** All that means something. */
  List<String> marks() {
    return Arrays.stream(
            new String[] {
              csv.delimiter(),
              csv.quote(),
              csv.escape(),
              csv.comment(),
              csv.details().lineSep(),
              "\n",
              "\r"
            })
        .filter(mark -> !mark.isEmpty())
        .toList();
  }
}
