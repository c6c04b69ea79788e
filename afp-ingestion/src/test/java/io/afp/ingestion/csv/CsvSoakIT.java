package io.afp.ingestion.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * So many generated files as the property {@code afp.soak.files} says. They are those of the
 * property {@code afp.soak.seed}, else others each time; a failure says the seed.
 */
@Tag("long")
class CsvSoakIT {

  private static final Logger LOG = LoggerFactory.getLogger(CsvSoakIT.class);
  private static final long FILES = Long.getLong("afp.soak.files", 30_000);
  private static final int OF_ONE_DIALECT = 30;

  /** Each so many of them are split, too. */
  private static final int ONE_IS_SPLIT = 5;

  private final Configuration hadoop = TestSpark.session().sparkContext().hadoopConfiguration();
  private final AtomicLong done = new AtomicLong();
  private final Queue<String> differences = new ConcurrentLinkedQueue<>();

  @TempDir Path folder;

  @Test
  void allFilesAreReadAlike() {
    long first = Long.getLong("afp.soak.seed", System.currentTimeMillis());
    long dialects = (FILES + OF_ONE_DIALECT - 1) / OF_ONE_DIALECT;
    LongStream.range(first, first + dialects).parallel().forEach(this::check);
    assertThat(differences).isEmpty();
    assertThat(done).hasValueGreaterThanOrEqualTo(FILES);
  }

  private void check(long seed) {
    Random random = new Random(seed);
    Dialect dialect = Dialect.random(random);
    CsvTrial readers = new CsvTrial(dialect);
    for (int i = 0; i < OF_ONE_DIALECT; i++) {
      String file = "seed %d, file %d: ".formatted(seed, i);
      try {
        difference(readers, i, random).map(file::concat).ifPresent(differences::add);
      } catch (IOException | RuntimeException e) {
        LOG.error(file, e);
        differences.add(file + e);
      }
    }
    tell(done.addAndGet(OF_ONE_DIALECT), seed);
  }

  private Optional<String> difference(CsvTrial readers, int number, Random random)
      throws IOException {
    GeneratedFile file = generated(readers.dialect(), number, random);
    Optional<String> difference =
        switch (number % 3) {
          case 0 -> readers.ofWellFormed(file);
          case 1 -> readers.ofStrict(file);
          default -> readers.ofBroken(file);
        };
    boolean isSplit = number % ONE_IS_SPLIT == 0 && isUtf8(file);
    return difference.isEmpty() && isSplit ? ofSplit(file, random) : difference;
  }

  private static GeneratedFile generated(Dialect dialect, int number, Random random) {
    return switch (number % 3) {
      case 0 -> GeneratedCsv.wellFormed(dialect, random);
      case 1 -> GeneratedCsv.strict(dialect, random);
      default -> GeneratedCsv.broken(dialect, random);
    };
  }

  private static boolean isUtf8(GeneratedFile file) {
    return file.dialect().encoding().equals(StandardCharsets.UTF_8);
  }

  /** How slices of a size give other records than the whole file; small files in all bytes. */
  private Optional<String> ofSplit(GeneratedFile file, Random random) throws IOException {
    int size = file.bytes().length;
    long most = size < 100 ? 1 + random.nextInt(4) : 1 + size / (1 + random.nextInt(20));
    Path path = folder.resolve(Thread.currentThread().getId() + ".csv");
    SplitCsv split = SplitCsv.here(file.dialect(), hadoop);
    return split.records(path, file, most).equals(split.whole(file))
        ? Optional.empty()
        : Optional.of("%s%nin slices of %d bytes".formatted(file, most));
  }

  private static void tell(long now, long seed) {
    long step = Math.max(OF_ONE_DIALECT, FILES / 20 / OF_ONE_DIALECT * OF_ONE_DIALECT);
    if (now % step == 0) {
      LOG.info("{} of {} files are read alike (seed={})", now, FILES, seed);
    }
  }
}
