package io.afp.ingestion.file;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.afp.core.error.AfpException;
import io.afp.core.error.Causes;
import io.afp.core.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** The names of the fields of a file, from its first line. */
final class CsvHeader {

  /** What some programs write before the first field. */
  private static final char BOM = '\uFEFF';

  /** Names that Spark would read as more than a name, and those that columns of AFP's own have. */
  private static final Pattern UNUSABLE = Pattern.compile("|__.*|.*[.`].*");

  private static final int MOST_FIELDS = 20_480;

  private final Configuration hadoop;
  private final String delimiter;

  CsvHeader(Configuration hadoop, String delimiter) {
    this.hadoop = hadoop;
    this.delimiter = delimiter;
  }

  /**
   * The fields of a file in their order, in lower case. One without a name that can be used is
   * called {@code _c} and its position, and can't be declared.
   *
   * @throws AfpException if the file is empty or broken, or names a field twice
   */
  List<String> fields(String address) {
    List<String> fields = names(firstRecord(address));
    if (fields.isEmpty()) {
      throw wrong(address, "it is empty");
    }
    if (new HashSet<>(fields).size() < fields.size()) {
      throw wrong(address, "its header names a column twice: " + fields);
    }
    return fields;
  }

  /** The same of a file that must have certain fields. */
  List<String> fields(String address, List<String> needed) {
    List<String> fields = fields(address);
    List<String> missing = needed.stream().filter(c -> !fields.contains(c)).toList();
    if (!missing.isEmpty()) {
      throw wrong(
          address, "its header lacks columns: missing=%s, found=%s".formatted(missing, fields));
    }
    return fields;
  }

  /**
   * The fields of a file without a header: those that are declared, as far as its first line goes.
   */
  List<String> fieldsByPlace(String address, List<String> declared) {
    int number = firstRecord(address).length;
    if (number == 0) {
      return declared; // an empty file has nothing that does not fit
    }
    return IntStream.range(0, number)
        .mapToObj(i -> i < declared.size() ? declared.get(i) : "_c" + i)
        .toList();
  }

  private static List<String> names(String[] record) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < record.length; i++) {
      String name = record[i] == null ? "" : record[i].strip().toLowerCase(Locale.ROOT);
      names.add(UNUSABLE.matcher(name).matches() ? "_c" + i : name);
    }
    return names;
  }

  private String[] firstRecord(String address) {
    CsvParser parser = new CsvParser(settings());
    try (InputStream in = TextFiles.open(hadoop, address)) {
      parser.beginParsing(withoutBom(new InputStreamReader(in, StandardCharsets.UTF_8)));
      String[] record = parser.parseNext();
      return record == null ? new String[0] : record;
    } catch (IOException e) {
      throw FileFailures.broken(address, e);
    } catch (TextParsingException
        | IllegalStateException e) { // how the parser reports a failed read
      throw FileFailures.broken(address, Causes.root(e));
    } finally {
      parser.stopParsing();
    }
  }

  private CsvParserSettings settings() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(delimiter);
    settings.getFormat().setComment('\0');
    settings.setMaxColumns(MOST_FIELDS);
    settings.setMaxCharsPerColumn(-1);
    settings.setReadInputOnSeparateThread(false);
    return settings;
  }

  private static Reader withoutBom(Reader in) throws IOException {
    PushbackReader reader = new PushbackReader(in);
    int first = reader.read();
    if (first >= 0 && first != BOM) {
      reader.unread(first);
    }
    return reader;
  }

  private static AfpException wrong(String address, String reason) {
    return new AfpException(
        ErrorCode.HEADER_WRONG,
        "Cannot read file %s: %s".formatted(address, reason),
        "Get a right file, or declare the columns as the file has them.");
  }
}
