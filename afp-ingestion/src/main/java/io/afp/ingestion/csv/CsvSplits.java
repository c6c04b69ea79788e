package io.afp.ingestion.csv;

import io.afp.ingestion.csv.RecordStarts.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Splits large plain files where records begin. For that the files are scanned, by a job of their
 * own, in parallel; a part that begins within a record is scanned again, from where its first
 * record begins.
 */
final class CsvSplits {

  private final SparkSession session;
  private final CsvFormat format;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final long most;

  /**
   * Splits files.
   *
   * @param most bytes of a slice, about
   */
  CsvSplits(
      SparkSession session,
      CsvFormat format,
      Broadcast<SerializableConfiguration> hadoop,
      long most) {
    this.session = session;
    this.format = format;
    this.hadoop = hadoop;
    this.most = most;
  }

  /** The slices of a file. */
  List<CsvSlice> of(FoundFile file) {
    long size = file.size();
    if (size <= most || !format.text().isUtf8() || !file.isPlain()) {
      return List.of(CsvSlice.whole(file));
    }
    List<Long> parts = LongStream.iterate(0, at -> at < size, at -> at + most).boxed().toList();
    return slices(file, parts);
  }

  private List<CsvSlice> slices(FoundFile file, List<Long> parts) {
    List<Look> looks = looks(file, parts);
    List<CsvSlice> slices = new ArrayList<>();
    long from = 0;
    long line = 1;
    for (int i = 0; i < parts.size(); i++) {
      if (from > last(parts, i)) {
        continue; // a record goes on over the whole part
      }
      Look look = looks.get(i).from() == from ? looks.get(i) : again(file, from, last(parts, i));
      if (!look.isWhole()) {
        break;
      }
      if (look.next() > from) {
        slices.add(new CsvSlice(file, from, look.next(), line));
      }
      line += look.lines();
      from = look.next();
    }
    return upToEnd(slices, new CsvSlice(file, from, Long.MAX_VALUE, line));
  }

  /** What is not known yet, or came to the file since, belongs to the last slice. */
  private static List<CsvSlice> upToEnd(List<CsvSlice> slices, CsvSlice rest) {
    if (slices.isEmpty() || rest.from() < rest.file().size()) {
      slices.add(rest);
    } else {
      slices.add(slices.remove(slices.size() - 1).toEnd());
    }
    return slices;
  }

  /** Where the last record begins that belongs to a part. */
  private static long last(List<Long> parts, int part) {
    return part + 1 < parts.size() ? parts.get(part + 1) : Long.MAX_VALUE;
  }

  private List<Look> looks(FoundFile file, List<Long> parts) {
    List<Integer> numbers = new ArrayList<>();
    parts.forEach(part -> numbers.add(numbers.size()));
    Broadcast<SerializableConfiguration> conf = hadoop;
    CsvFormat read = format;
    List<Long> begins = new ArrayList<>(parts);
    return JavaSparkContext.fromSparkContext(session.sparkContext())
        .parallelize(numbers, numbers.size())
        .map(
            i -> {
              RecordStarts starts = new RecordStarts(conf.value().value(), read, file);
              long last = last(begins, i);
              return i == 0 ? starts.fromStart(last) : starts.behindLineEnd(begins.get(i), last);
            })
        .collect();
  }

  private Look again(FoundFile file, long from, long last) {
    Broadcast<SerializableConfiguration> conf = hadoop;
    CsvFormat read = format;
    return JavaSparkContext.fromSparkContext(session.sparkContext())
        .parallelize(List.of(from), 1)
        .map(start -> new RecordStarts(conf.value().value(), read, file).from(start, last))
        .first();
  }
}
