package io.afp.ingestion.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.CsvDef;
import io.afp.core.testing.TestSpark;
import io.afp.ingestion.csv.ScannedCsv.Placed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag$;

/** Generated files, split at any place: the same records, in the same lines, at the same bytes. */
class CsvSplitsPropertyTest {

  private static final int FILES = 8;
  private static final int MOST_BYTES = 150;

  private final Configuration hadoop = TestSpark.session().sparkContext().hadoopConfiguration();

  @TempDir Path folder;

  @Test
  void anySizeOfSlicesGivesTheSameRecords() throws IOException {
    for (int seed = 0; seed < FILES; seed++) {
      Random random = new Random(seed);
      GeneratedFile file = small(random);
      List<Placed> expected = new ScannedCsv(file.dialect()).records(file.bytes());
      for (long most : List.of(1L, 2L + random.nextInt(5), 10L + random.nextInt(40))) {
        assertThat(split(file, most)).as("%s slices of %s", most, file).isEqualTo(expected);
      }
    }
  }

  /** A file in UTF-8, since others are not split; every other one is broken. */
  private static GeneratedFile small(Random random) {
    while (true) {
      Dialect any = Dialect.random(random);
      Dialect dialect = new Dialect(any.csv(), StandardCharsets.UTF_8, any.columns());
      GeneratedFile file =
          random.nextBoolean()
              ? GeneratedCsv.wellFormed(dialect, random)
              : GeneratedCsv.broken(dialect, random);
      if (file.bytes().length > MOST_BYTES / 3 && file.bytes().length < MOST_BYTES) {
        return file;
      }
    }
  }

  private List<Placed> split(GeneratedFile file, long most) throws IOException {
    Path path = Files.write(folder.resolve("a.csv"), file.bytes());
    CsvDef csv = file.dialect().csv();
    CsvFormat format = CsvFormat.of(file.dialect().source()).orElseThrow();
    CsvSplits splits = new CsvSplits(TestSpark.session(), format, conf(), most);
    ScannedCsv scanned = new ScannedCsv(file.dialect());
    List<Placed> all = new ArrayList<>();
    for (CsvSlice slice : splits.of(found(path))) {
      try (RecordScanner records = open(new CsvText(hadoop, format), slice)) {
        if (slice.from() == 0 && csv.header()) {
          records.next();
        }
        while (records.nextOffset() < slice.to() && records.next()) {
          all.add(scanned.placed(records));
        }
      }
    }
    return all;
  }

  private static RecordScanner open(CsvText text, CsvSlice slice) throws IOException {
    if (slice.from() == 0) {
      return text.open(slice.file());
    }
    RecordScanner records = text.openAt(slice.file(), slice.from());
    records.startAtLine(slice.line());
    return records;
  }

  private static FoundFile found(Path path) throws IOException {
    return new FoundFile(
        new FileStatus(
            Files.size(path), false, 1, 1, 0, new org.apache.hadoop.fs.Path("file:" + path)));
  }

  private Broadcast<SerializableConfiguration> conf() {
    SparkSession session = TestSpark.session();
    return session
        .sparkContext()
        .broadcast(
            new SerializableConfiguration(hadoop),
            ClassTag$.MODULE$.apply(SerializableConfiguration.class));
  }
}
