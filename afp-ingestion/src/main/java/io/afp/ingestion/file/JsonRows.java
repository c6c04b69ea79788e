package io.afp.ingestion.file;

import io.afp.core.definition.FileFormat;
import io.afp.core.lake.RawRows;
import io.afp.ingestion.csv.FoundFile;
import io.afp.ingestion.file.JsonDocuments.Taken;
import io.afp.ingestion.text.TextFiles;
import io.afp.ingestion.text.TextForm;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The rows of files of JSON, read where Spark runs it, one file after the other: what a task holds
 * is that of one file, however many it reads.
 */
final class JsonRows implements MapPartitionsFunction<FoundFile, Row> {

  private static final long serialVersionUID = 1;

  private final FileFormat format;
  private final TextForm form;
  private final List<String> names;
  private final Broadcast<SerializableConfiguration> hadoop;

  JsonRows(
      FileFormat format,
      TextForm form,
      List<String> names,
      Broadcast<SerializableConfiguration> hadoop) {
    this.format = format;
    this.form = form;
    this.names = names;
    this.hadoop = hadoop;
  }

  /** The fields, all texts, and what {@code RawRows} asks for beside them. */
  StructType schema() {
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, DataTypes.StringType);
    }
    return schema
        .add(RawRows.MALFORMED, DataTypes.StringType)
        .add(RawRows.FILE, DataTypes.StringType)
        .add(RawRows.LINE, DataTypes.LongType);
  }

  /** The documents of a file. */
  static JsonDocuments open(Configuration hadoop, FoundFile file, FileFormat format, TextForm form)
      throws IOException {
    Reader in = TextFiles.open(hadoop, file.status(), form);
    return format == FileFormat.JSONL ? JsonDocuments.ofLines(in) : JsonDocuments.ofFile(in);
  }

  @Override
  public Iterator<Row> call(Iterator<FoundFile> files) {
    Rows rows = new Rows(files);
    Optional.ofNullable(TaskContext.get())
        .ifPresent(
            task -> task.addTaskCompletionListener((TaskCompletionListener) done -> rows.close()));
    return rows;
  }

  static UncheckedIOException failure(String address, IOException cause) {
    String uri = new Path(address).toUri().toString();
    return new UncheckedIOException(TextFiles.whileReading(uri, cause));
  }

  private final class Rows implements Iterator<Row> {

    private final Iterator<FoundFile> files;
    private final JsonRecord record = new JsonRecord(names);
    private String address;
    private JsonDocuments documents;
    private Row next;

    Rows(Iterator<FoundFile> files) {
      this.files = files;
    }

    @Override
    public boolean hasNext() {
      while (next == null && (documents != null || files.hasNext())) {
        next = read();
      }
      return next != null;
    }

    /** The next row of the file that is open, or of the next one; null at the end of either. */
    private Row read() {
      try {
        if (documents == null) {
          FoundFile file = files.next();
          address = file.address();
          documents = open(hadoop.value().value(), file, format, form);
        }
        Object[] values = new Object[names.size() + 3];
        Optional<Taken> taken = documents.next(record, values);
        if (taken.isEmpty()) {
          close();
        }
        return taken.map(document -> row(document, values)).orElse(null);
      } catch (IOException e) {
        close();
        throw failure(address, e);
      }
    }

    private Row row(Taken document, Object[] values) {
      document
          .malformed()
          .ifPresent(
              text -> {
                Arrays.fill(values, null); // those before what is wrong
                values[names.size()] = JsonTexts.storable(text);
              });
      values[names.size() + 1] = address;
      values[names.size() + 2] = document.line();
      return RowFactory.create(values);
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row row = next;
      next = null;
      return row;
    }

    private void close() {
      try {
        if (documents != null) {
          documents.close();
        }
      } catch (IOException e) {
        throw failure(address, e);
      } finally {
        documents = null;
      }
    }
  }
}
