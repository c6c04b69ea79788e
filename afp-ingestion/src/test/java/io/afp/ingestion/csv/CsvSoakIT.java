package io.afp.ingestion.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A million generated files, or as many as the property {@code afp.soak.files} says. They are those
 * of the property {@code afp.soak.seed}, else others each time; a failure says the seed.
 */
@Tag("integration")
class CsvSoakIT {

  private static final Logger LOG = LoggerFactory.getLogger(CsvSoakIT.class);
  private static final long FILES = Long.getLong("afp.soak.files", 1_000_000);
  private static final int OF_ONE_DIALECT = 30;

  @Test
  void allFilesAreReadAlike() throws IOException {
    long seed = Long.getLong("afp.soak.seed", System.currentTimeMillis());
    for (long done = 0; done < FILES; done += OF_ONE_DIALECT, seed++) {
      check(seed);
      if (done % (FILES / 20 / OF_ONE_DIALECT * OF_ONE_DIALECT + OF_ONE_DIALECT) == 0) {
        LOG.info("{} of {} files are read alike (seed={})", done, FILES, seed);
      }
    }
  }

  private static void check(long seed) throws IOException {
    Random random = new Random(seed);
    Dialect dialect = Dialect.random(random);
    CsvTrial readers = new CsvTrial(dialect);
    for (int i = 0; i < OF_ONE_DIALECT; i++) {
      Optional<String> difference =
          switch (i % 3) {
            case 0 -> readers.ofWellFormed(GeneratedCsv.wellFormed(dialect, random));
            case 1 -> readers.ofStrict(GeneratedCsv.strict(dialect, random));
            default -> readers.ofBroken(GeneratedCsv.broken(dialect, random));
          };
      assertThat(difference).as("seed %d, file %d", seed, i).isEmpty();
    }
  }
}
