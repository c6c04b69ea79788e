package io.afp.ingestion.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.afp.core.definition.FileFormat;
import io.afp.core.definition.FileSourceDef;
import io.afp.ingestion.file.JsonDocuments.Document;
import io.afp.ingestion.file.Layout.Field;
import io.afp.ingestion.text.FieldNames;
import io.afp.ingestion.text.TextForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.reflect.ClassTag$;

/**
 * JSON, every value a text, a nested one that of its JSON. Each object has the keys that it has, so
 * the fields are those that are declared and those that the first objects have.
 */
final class JsonReader implements FileReader {

  private static final int LOOKED_INTO = 1000;
  private static final int FILES_LOOKED_INTO = 20;

  private final SparkSession session;
  private final FileFormat format;
  private final TextForm form;
  private final List<String> columns;

  JsonReader(SparkSession session, FileSourceDef source, List<String> columns) {
    this.session = session;
    this.format = source.format();
    this.form = TextForm.of(source);
    this.columns = columns;
  }

  @Override
  public List<Layout> layouts(List<String> addresses) {
    Set<String> names = new LinkedHashSet<>(columns);
    int step = Math.max(1, addresses.size() / FILES_LOOKED_INTO);
    for (int i = 0; i < addresses.size(); i += step) {
      look(addresses.get(i), names);
    }
    return List.of(new Layout(names.stream().map(Field::text).toList(), addresses));
  }

  private void look(String address, Set<String> names) {
    Configuration hadoop = session.sparkContext().hadoopConfiguration();
    try (JsonDocuments documents = JsonRows.open(hadoop, address, format, form)) {
      Optional<Document> document = documents.next();
      for (int i = 0; i < LOOKED_INTO && document.isPresent(); i++) {
        addKeys(document.get().text(), names);
        document = documents.next();
      }
    } catch (IOException e) {
      throw FileFailures.broken(address, e);
    }
  }

  private static void addKeys(String text, Set<String> names) throws IOException {
    List<String> keys = new ArrayList<>();
    try (JsonParser parser = JsonTexts.FACTORY.createParser(text)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          keys.add(FieldNames.plain(parser.getCurrentName()));
          parser.nextToken();
          parser.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      return; // the row is rejected when it is read
    }
    keys.stream().filter(FieldNames::isUsable).forEach(names::add);
  }

  @Override
  public Dataset<Row> rows(Layout layout) {
    JsonRows rows = new JsonRows(format, form, layout.names(), hadoop());
    return session
        .read()
        .format("binaryFile") // of which only the paths are read, divided among the tasks
        .load(SourceFiles.escaped(layout.addresses()))
        .select("path")
        .as(Encoders.STRING())
        .flatMap(rows, Encoders.row(rows.schema()));
  }

  private Broadcast<SerializableConfiguration> hadoop() {
    Configuration conf = session.sessionState().newHadoopConf();
    return session
        .sparkContext()
        .broadcast(
            new SerializableConfiguration(conf),
            ClassTag$.MODULE$.apply(SerializableConfiguration.class));
  }
}
