package io.afp.ingestion.file;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.afp.core.definition.FieldName;
import io.afp.core.error.AfpException;
import io.afp.core.error.Causes;
import io.afp.ingestion.text.FieldNames;
import io.afp.ingestion.text.TextFiles;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** The names of the fields of a file, from its first record. */
final class CsvHeader {

  private final Configuration hadoop;
  private final CsvForm form;

  CsvHeader(Configuration hadoop, CsvForm form) {
    this.hadoop = hadoop;
    this.form = form;
  }

  /**
   * The fields of a file in their order.
   *
   * @throws AfpException if the file is empty or broken, or names a field twice
   */
  List<String> fields(String address) {
    return FieldNames.of(address, firstRecord(address));
  }

  /**
   * The fields of a file without a header: those that are declared, as far as its first line goes.
   */
  List<String> fieldsByPlace(String address, List<String> declared) {
    return byPlace(firstRecord(address).size(), declared);
  }

  /** So many fields, as far as they are declared. */
  static List<String> byPlace(int number, List<String> declared) {
    if (number == 0) {
      return declared; // an empty file has nothing that does not fit
    }
    return IntStream.range(0, number)
        .mapToObj(i -> i < declared.size() ? declared.get(i) : FieldName.ofPlace(i))
        .toList();
  }

  private List<String> firstRecord(String address) {
    CsvParser parser = new CsvParser(settings());
    try (Reader in = new CsvGuard(TextFiles.open(hadoop, address, form.text()), form, 1)) {
      parser.beginParsing(in);
      String[] record = parser.parseNext();
      return record == null ? List.of() : Arrays.asList(record);
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
    settings.getFormat().setDelimiter(form.delimiter());
    settings.getFormat().setQuote(form.quote());
    settings.getFormat().setQuoteEscape(form.escape());
    settings.getFormat().setComment(form.comment());
    settings.getFormat().setLineSeparator(String.valueOf(form.lineEnd()));
    settings.getFormat().setNormalizedNewline(form.lineEnd());
    settings.setIgnoreLeadingWhitespaces(form.ignoresLeading());
    settings.setMaxColumns(CsvForm.MOST_FIELDS);
    settings.setMaxCharsPerColumn(-1);
    settings.setReadInputOnSeparateThread(false);
    return settings;
  }
}
