package io.afp.ingestion.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag$;

/**
 * Generated files, split at any place by jobs of Spark: the same records, in the same lines, at the
 * same bytes.
 */
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
      SplitCsv split = new SplitCsv(file.dialect(), scans(file.dialect()), hadoop);
      for (long most : List.of(1L, 2L + random.nextInt(5), 10L + random.nextInt(40))) {
        assertThat(split.records(folder.resolve("a.csv"), file, most))
            .as("%s slices of %s", most, file)
            .isEqualTo(split.whole(file));
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

  private PartScans scans(Dialect dialect) {
    return new TaskScans(TestSpark.session(), SplitCsv.format(dialect), conf());
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
