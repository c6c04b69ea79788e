package io.afp.ingestion.file;

import io.afp.core.definition.FileFormat;
import io.afp.core.definition.FileSourceDef;
import io.afp.ingestion.csv.FoundFile;
import io.afp.ingestion.text.TextFiles;
import io.afp.ingestion.text.TextForm;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Goes through files for their keys alone, where Spark runs it. Gives the keys with the files that
 * have them; a file without an object is in none.
 */
final class JsonLook
    implements FlatMapFunction<Iterator<FoundFile>, Tuple2<List<String>, List<String>>> {

  private static final long serialVersionUID = 1;

  private final FileFormat format;
  private final TextForm form;
  private final long most;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * A look at the files of a source.
   *
   * @param most so many values of each file
   */
  JsonLook(FileSourceDef source, long most, Broadcast<SerializableConfiguration> hadoop) {
    this.format = source.format();
    this.form = TextForm.of(source);
    this.most = most;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<Tuple2<List<String>, List<String>>> call(Iterator<FoundFile> files) {
    Map<Set<String>, Tuple2<List<String>, List<String>>> found = new LinkedHashMap<>();
    files.forEachRemaining(
        file -> {
          JsonKeys keys = keys(file);
          if (keys.any()) {
            found
                .computeIfAbsent(
                    Set.copyOf(keys.names()),
                    names -> new Tuple2<>(new ArrayList<>(keys.names()), new ArrayList<>()))
                ._2()
                .add(file.address());
          }
        });
    return found.values().iterator();
  }

  private JsonKeys keys(FoundFile file) {
    JsonKeys keys = new JsonKeys();
    try {
      if (!isScanned() || !scanned(file, keys)) {
        parse(file, keys);
      }
      return keys;
    } catch (IOException e) {
      throw JsonRows.failure(file.address(), e);
    }
  }

  /** The beginning of a file is parsed, so that a plan tells what is broken there. */
  private boolean isScanned() {
    return format == FileFormat.JSONL && form.isUtf8() && most == Long.MAX_VALUE;
  }

  private boolean scanned(FoundFile file, JsonKeys keys) throws IOException {
    try (InputStream bytes = TextFiles.bytes(hadoop.value().value(), file.status())) {
      return new JsonLineKeys(bytes, keys).all();
    }
  }

  private void parse(FoundFile file, JsonKeys keys) throws IOException {
    Configuration conf = hadoop.value().value();
    try (JsonDocuments documents = JsonRows.open(conf, file, format, form)) {
      long seen = 0;
      while (seen < most && documents.next(keys)) {
        seen++;
      }
    }
  }
}
