package io.afp.ingestion.file;

import com.univocity.parsers.csv.CsvParser;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.testing.TestSpark;
import io.afp.ingestion.text.StrictReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;

/**
 * CSV as {@link SparkCsvReader} reads it, by the same parser, set up by Spark, behind the same
 * guard; but without a job of Spark, so that a million files can be read.
 */
public final class GuardedCsv {

  private static final String BUFFER = "16384";

  private final FileSourceDef source;
  private final CsvForm form;
  private final int fields;
  private final CSVOptions options;

  /**
   * Reads files of a source.
   *
   * @param fields how many a record has
   */
  public GuardedCsv(FileSourceDef source, int fields) {
    this.source = source;
    this.form = CsvForm.of(source);
    this.fields = fields;
    this.options = options(source);
  }

  /**
   * A record.
   *
   * @param values of its fields; null where one is empty
   * @param text of the whole, if it is malformed, else null
   */
  public record Line(List<String> values, String text) {}

  /** The records behind the header. */
  public List<Line> lines(byte[] bytes) throws IOException {
    CsvParser parser = new CsvParser(options.asParserSettings());
    List<Line> lines = new ArrayList<>();
    try (Reader text = new StrictReader(new ByteArrayInputStream(bytes), form.text());
        Reader guarded = new CsvGuard(text, form, fields)) {
      parser.beginParsing(guarded);
      String[] values = source.csv().header() ? skipped(parser) : parser.parseNext();
      while (values != null) {
        lines.add(line(parser, values));
        values = parser.parseNext();
      }
    } finally {
      parser.stopParsing();
    }
    return lines;
  }

  private static String[] skipped(CsvParser parser) {
    parser.parseNext();
    return parser.parseNext();
  }

  private Line line(CsvParser parser, String[] values) {
    if (values.length != fields) {
      return new Line(List.of(), restored(parser.getContext().currentParsedContent()));
    }
    List<String> all = new ArrayList<>();
    for (String value : values) {
      boolean isNull = value == null || value.isEmpty() || value.equals(SparkCsvReader.NO_VALUE);
      all.add(isNull ? null : value);
    }
    return new Line(all, null);
  }

  private String restored(String record) {
    CsvForm.Spoiling spoiling = form.spoiling(fields);
    boolean ends = record.endsWith(String.valueOf(form.lineEnd()));
    String text = ends ? record.substring(0, record.length() - 1) : record;
    return text.replace(spoiling.ofPlain(), "").replace(spoiling.ofQuoted(), "");
  }

  private static CSVOptions options(FileSourceDef source) {
    Map<String, String> options = Map$.MODULE$.empty();
    SparkCsvReader reader = new SparkCsvReader(TestSpark.session(), source, List.of());
    for (var option : reader.dialect().entrySet()) {
      options = options.updated(option.getKey(), option.getValue());
    }
    options =
        options.updated("inputBufferSize", BUFFER); // most of the time is to clear a large one
    return new CSVOptions(options, false, "UTC");
  }
}
