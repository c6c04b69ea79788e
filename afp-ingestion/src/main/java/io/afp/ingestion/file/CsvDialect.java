package io.afp.ingestion.file;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.afp.ingestion.text.FieldNames;
import io.afp.ingestion.text.TextFiles;
import io.afp.ingestion.text.TextForm;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * How a CSV file is written, found out from its beginning.
 *
 * @param header whether the first line names the fields
 * @param fields how many fields the first line has
 * @param encoding that of the characters
 */
record CsvDialect(String delimiter, boolean header, int fields, String encoding) {

  /** Any byte is a character of the second one. */
  private static final List<String> ENCODINGS = List.of("UTF-8", "windows-1252");

  private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int MOST_RECORDS = 500;
  private static final int MOST_FIELDS = 20_480;

  /** What no field is called, but many values look like. */
  private static final Pattern VALUE =
      Pattern.compile(
          "[+-]?[\\d.,]+([eE][+-]?\\d+)?%?|\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}.*|\\S+@\\S+");

  private static final Pattern YEAR = Pattern.compile("(19|20)\\d\\d");

  /**
   * Reads the beginning of a file.
   *
   * @throws io.afp.core.error.AfpException if the file is broken, or empty
   */
  static CsvDialect of(Configuration hadoop, String address) {
    Text beginning = beginning(hadoop, address);
    Reading best =
        DELIMITERS.stream()
            .map(delimiter -> Reading.of(beginning.text(), delimiter))
            .reduce((a, b) -> b.isBetterThan(a) ? b : a)
            .orElseThrow();
    if (best.records().isEmpty()) {
      throw FieldNames.wrong(address, "it is empty");
    }
    String[] first = best.records().get(0);
    boolean header = names(first, best.records());
    return new CsvDialect(best.delimiter(), header, first.length, beginning.encoding());
  }

  private static Text beginning(Configuration hadoop, String address) {
    try {
      return beginning(hadoop, address, ENCODINGS.get(0));
    } catch (IOException e) {
      try {
        return beginning(hadoop, address, ENCODINGS.get(1));
      } catch (IOException f) {
        throw FileFailures.broken(address, e);
      }
    }
  }

  private static Text beginning(Configuration hadoop, String address, String encoding)
      throws IOException {
    try (Reader reader = TextFiles.open(hadoop, address, new TextForm(encoding, 0))) {
      char[] text = new char[MOST_CHARACTERS];
      int length = 0;
      for (int read = 0; read >= 0 && length < text.length; length += Math.max(0, read)) {
        read = reader.read(text, length, text.length - length);
      }
      return new Text(new String(text, 0, length), encoding);
    }
  }

  private record Text(String text, String encoding) {}

  /** Whether most are there and look like no value, and those differ or stand over values. */
  private static boolean names(String[] first, List<String[]> records) {
    List<String> fields =
        Arrays.stream(first).filter(f -> f != null && !f.isBlank()).map(String::strip).toList();
    boolean differ = new HashSet<>(fields).size() == fields.size();
    boolean most = 2 * fields.size() > first.length;
    return most
        && IntStream.range(0, first.length).noneMatch(i -> isValue(first[i], i, records))
        && (differ || IntStream.range(0, first.length).anyMatch(i -> hasValues(i, records)));
  }

  /** Whether all records but the first have a value there. */
  private static boolean hasValues(int place, List<String[]> records) {
    return records.size() > 1
        && records.stream()
            .skip(1)
            .allMatch(record -> record.length > place && matches(VALUE, record[place]));
  }

  private static boolean isValue(String field, int place, List<String[]> records) {
    return matches(VALUE, field) && !(matches(YEAR, field) && isAlone(place, records));
  }

  private static boolean matches(Pattern pattern, String field) {
    return field != null && pattern.matcher(field.strip()).matches();
  }

  /** A year names a column in which no other year is. */
  private static boolean isAlone(int place, List<String[]> records) {
    return records.size() > 1
        && records.stream()
            .skip(1)
            .noneMatch(record -> record.length > place && matches(YEAR, record[place]));
  }

  /**
   * The first records, as they are with one delimiter.
   *
   * @param usual how many fields most of them have
   * @param share of those that have so many
   */
  private record Reading(String delimiter, List<String[]> records, int usual, double share) {

    private static Reading of(String text, String delimiter) {
      CsvParserSettings settings = new CsvParserSettings();
      settings.getFormat().setDelimiter(delimiter);
      settings.getFormat().setComment('\0');
      settings.setMaxColumns(MOST_FIELDS);
      settings.setMaxCharsPerColumn(-1);
      settings.setReadInputOnSeparateThread(false);
      settings.setNumberOfRecordsToRead(MOST_RECORDS);
      List<String[]> records = new CsvParser(settings).parseAll(new StringReader(text));
      boolean cut = text.length() == MOST_CHARACTERS && records.size() > 1;
      return of(delimiter, cut ? records.subList(0, records.size() - 1) : records);
    }

    private static Reading of(String delimiter, List<String[]> records) {
      int usual = usual(records);
      long withUsual = records.stream().filter(record -> record.length == usual).count();
      return new Reading(delimiter, records, usual, (double) withUsual / records.size());
    }

    /** More records have the number of fields that most have; then, there are more fields. */
    private boolean isBetterThan(Reading other) {
      if (usual < 2 || other.usual < 2) {
        return usual > other.usual;
      }
      int order = Double.compare(share, other.share);
      return order > 0 || (order == 0 && usual > other.usual);
    }

    /** How many fields most records have. */
    private static int usual(List<String[]> records) {
      Map<Integer, Long> counts =
          records.stream().collect(Collectors.groupingBy(r -> r.length, Collectors.counting()));
      return counts.entrySet().stream()
          .max(
              Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
          .map(Map.Entry::getKey)
          .orElse(0);
    }
  }

  /** The names of the fields of a file without a header. */
  List<String> numbered() {
    Function<Integer, String> name = i -> "c" + (i + 1);
    return IntStream.range(0, fields).boxed().map(name).toList();
  }
}
