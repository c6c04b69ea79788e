package io.afp.ingestion.file;

import io.afp.core.definition.CsvDef;
import io.afp.ingestion.text.TextFiles;
import io.afp.ingestion.text.TextForm;
import io.afp.ingestion.text.Utf8Stream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.hadoop.conf.Configurable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionInputStream;
import org.apache.hadoop.io.compress.CompressionOutputStream;
import org.apache.hadoop.io.compress.Compressor;
import org.apache.hadoop.io.compress.Decompressor;
import org.apache.spark.rdd.InputFileBlockHolder;

/**
 * What Spark's reader of CSV reads through: it takes the files for compressed, and so gets text
 * that is UTF-8 without fail, and guarded.
 */
final class CsvCodec implements CompressionCodec, Configurable {

  private static final String ENDING = "afp.csv.ending";
  private static final String ENCODING = "afp.csv.encoding";
  private static final String SKIP_LINES = "afp.csv.skip-lines";
  private static final String DELIMITER = "afp.csv.delimiter";
  private static final String QUOTE = "afp.csv.quote";
  private static final String ESCAPE = "afp.csv.escape";
  private static final String COMMENT = "afp.csv.comment";
  private static final String LINE_SEP = "afp.csv.line-sep";
  private static final String IGNORES_LEADING = "afp.csv.ignores-leading";
  private static final String MOST_FIELDS = "afp.csv.most-fields";
  private static final String HEADER = "afp.csv.header";
  private static final String FIELDS = "afp.csv.fields";

  private Configuration conf;

  CsvCodec() {} // Hadoop makes it by reflection

  /** The options of a read that goes through this, of files whose names end so. */
  static Map<String, String> options(String ending, CsvDef csv, CsvForm form, int fields) {
    return Map.ofEntries(
        Map.entry("io.compression.codecs", CsvCodec.class.getName()),
        Map.entry(ENDING, ending),
        Map.entry(ENCODING, form.text().encoding()),
        Map.entry(SKIP_LINES, Long.toString(form.text().skipLines())),
        Map.entry(LINE_SEP, form.text().lineSep()),
        Map.entry(DELIMITER, form.delimiter()),
        Map.entry(QUOTE, String.valueOf(form.quote())),
        Map.entry(ESCAPE, String.valueOf(form.escape())),
        Map.entry(COMMENT, String.valueOf(form.comment())),
        Map.entry(IGNORES_LEADING, Boolean.toString(form.ignoresLeading())),
        Map.entry(MOST_FIELDS, Integer.toString(form.mostFields())),
        Map.entry(HEADER, Boolean.toString(csv.header())),
        Map.entry(FIELDS, Integer.toString(fields)));
  }

  @Override
  public void setConf(Configuration conf) {
    this.conf = conf;
  }

  @Override
  public Configuration getConf() {
    return conf;
  }

  /** Hadoop looks for the codec by the longest of these that a name ends with. */
  @Override
  public String getDefaultExtension() {
    return conf.getRaw(ENDING);
  }

  @Override
  public CompressionInputStream createInputStream(InputStream in) throws IOException {
    String file = InputFileBlockHolder.getInputFilePath().toString();
    try {
      return new Decoded(in, text(in), file);
    } catch (IOException e) {
      throw TextFiles.whileReading(file, e);
    }
  }

  private InputStream text(InputStream in) throws IOException {
    TextForm text =
        new TextForm(
            conf.getRaw(ENCODING), Long.parseLong(conf.getRaw(SKIP_LINES)), conf.getRaw(LINE_SEP));
    CsvForm form =
        new CsvForm(
            text,
            conf.getRaw(DELIMITER),
            character(QUOTE),
            character(ESCAPE),
            character(COMMENT),
            Boolean.parseBoolean(conf.getRaw(IGNORES_LEADING)),
            Integer.parseInt(conf.getRaw(MOST_FIELDS)));
    int fields = Integer.parseInt(conf.getRaw(FIELDS));
    CsvGuard guard =
        new CsvGuard(TextFiles.characters(conf.getRaw(ENDING), in, text), form, fields);
    if (Boolean.parseBoolean(conf.getRaw(HEADER))) {
      guard.skipRecord();
    }
    return new Utf8Stream(guard);
  }

  private char character(String key) {
    return conf.getRaw(key).charAt(0);
  }

  @Override
  public CompressionInputStream createInputStream(InputStream in, Decompressor decompressor)
      throws IOException {
    return createInputStream(in);
  }

  @Override
  public Class<? extends Decompressor> getDecompressorType() {
    return null; // as Hadoop wants it of a codec without one
  }

  @Override
  public Decompressor createDecompressor() {
    return null;
  }

  @Override
  public CompressionOutputStream createOutputStream(OutputStream out) {
    throw new UnsupportedOperationException("Only reads");
  }

  @Override
  public CompressionOutputStream createOutputStream(OutputStream out, Compressor compressor) {
    throw new UnsupportedOperationException("Only reads");
  }

  @Override
  public Class<? extends Compressor> getCompressorType() {
    throw new UnsupportedOperationException("Only reads");
  }

  @Override
  public Compressor createCompressor() {
    throw new UnsupportedOperationException("Only reads");
  }

  private static final class Decoded extends CompressionInputStream {

    private final InputStream text;
    private final String file;

    Decoded(InputStream raw, InputStream text, String file) throws IOException {
      super(raw);
      this.text = text;
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      try {
        return text.read();
      } catch (IOException e) {
        throw TextFiles.whileReading(file, e);
      }
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      try {
        return text.read(target, from, length);
      } catch (IOException e) {
        throw TextFiles.whileReading(file, e);
      }
    }

    @Override
    public void resetState() {
      throw new UnsupportedOperationException("Read once");
    }

    @Override
    public void close() throws IOException {
      text.close();
      super.close();
    }
  }
}
