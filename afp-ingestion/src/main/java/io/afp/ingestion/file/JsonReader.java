package io.afp.ingestion.file;

import io.afp.core.definition.FieldName;
import io.afp.core.definition.FileSourceDef;
import io.afp.ingestion.csv.FoundFile;
import io.afp.ingestion.csv.Shipped;
import io.afp.ingestion.file.Layout.Field;
import io.afp.ingestion.text.FieldNames;
import io.afp.ingestion.text.TextForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * JSON, every value a text, a nested one that of its JSON. Each object has the keys that it has, so
 * a file has the fields that any of its objects has.
 */
final class JsonReader implements FileReader {

  private static final int FIRST_OBJECTS = 1000;

  /** A cluster that is still growing has few cores. */
  private static final int FEWEST_TASKS = 64;

  private static final int TASKS_A_CORE = 4;

  private final SparkSession session;
  private final FileSourceDef source;

  JsonReader(SparkSession session, FileSourceDef source) {
    this.session = session;
    this.source = source;
  }

  @Override
  public List<Layout> layouts(List<String> addresses) {
    return look(files(addresses), Long.MAX_VALUE);
  }

  @Override
  public List<Layout> firstLayouts(List<String> addresses) {
    return look(FileListing.each(hadoop(), addresses), FIRST_OBJECTS);
  }

  private List<Layout> look(List<FoundFile> files, long most) {
    int cores = session.sparkContext().defaultParallelism();
    int tasks = Math.max(FEWEST_TASKS, TASKS_A_CORE * cores);
    List<Tuple2<List<String>, List<String>>> found;
    try {
      found =
          Shipped.toTasks(session, divided(files, tasks))
              .flatMap(List::iterator)
              .mapPartitions(new JsonLook(source, most, Shipped.hadoop(session)))
              .collect();
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      throw FileFailures.ofLook(e);
    }
    return grouped(found);
  }

  /** So many parts, at most, of about equally many files. */
  private static List<List<FoundFile>> divided(List<FoundFile> files, int parts) {
    int size = (files.size() + parts - 1) / parts;
    return IntStream.iterate(0, from -> from < files.size(), from -> from + size)
        .mapToObj(from -> files.subList(from, Math.min(from + size, files.size())))
        .map(List::copyOf)
        .toList();
  }

  private static List<Layout> grouped(List<Tuple2<List<String>, List<String>>> found) {
    Map<Set<String>, Layout> layouts = new LinkedHashMap<>();
    Set<String> all = new LinkedHashSet<>();
    for (Tuple2<List<String>, List<String>> each : found) {
      all.addAll(each._1());
      requireFew(all, each._2().get(0));
      List<Field> fields = each._1().stream().map(Field::text).toList();
      layouts.merge(Set.copyOf(each._1()), new Layout(fields, each._2()), JsonReader::both);
    }
    return List.copyOf(layouts.values());
  }

  private static Layout both(Layout first, Layout second) {
    List<String> addresses = new ArrayList<>(first.addresses());
    addresses.addAll(second.addresses());
    return new Layout(first.fields(), addresses);
  }

  private static void requireFew(Set<String> names, String address) {
    if (names.size() > JsonKeys.MOST) {
      throw FieldNames.wrong(
          address,
          "its objects, with those of the files before it, have more than %,d different keys; are they values, such as ids?"
              .formatted(JsonKeys.MOST));
    }
  }

  /** Files with other keys are read in one scan: there may be as many layouts as files. */
  @Override
  public List<Layout> scans(List<Layout> layouts, List<String> addresses) {
    List<Field> fields =
        layouts.stream()
            .flatMap(layout -> layout.fields().stream())
            .filter(field -> FieldName.isUsable(field.name()))
            .distinct()
            .toList();
    return List.of(new Layout(fields, addresses));
  }

  @Override
  public Dataset<Row> rows(Layout layout) {
    JsonRows rows =
        new JsonRows(source.format(), TextForm.of(source), layout.names(), Shipped.hadoop(session));
    List<List<FoundFile>> tasks = FoundFile.divided(session, files(layout.addresses()));
    JavaRDD<FoundFile> files = Shipped.toTasks(session, tasks).flatMap(List::iterator);
    return session
        .createDataset(files.rdd(), Encoders.javaSerialization(FoundFile.class))
        .mapPartitions(rows, Encoders.row(rows.schema()));
  }

  private List<FoundFile> files(List<String> addresses) {
    return new FileListing(hadoop()).found(addresses);
  }

  private Configuration hadoop() {
    return session.sessionState().newHadoopConf();
  }
}
