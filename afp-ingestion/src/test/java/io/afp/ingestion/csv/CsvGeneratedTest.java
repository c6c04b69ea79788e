package io.afp.ingestion.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Thousands of generated files of many dialects, read by several readers. */
class CsvGeneratedTest {

  private static final int DIALECTS = 150;
  private static final int FILES = 10;

  private interface Trial {
    Optional<String> of(CsvTrial readers, Dialect dialect, Random random) throws IOException;
  }

  @Test
  void whatIsWellFormedIsReadAsItWasWritten() throws IOException {
    check(
        (readers, dialect, random) ->
            readers.ofWellFormed(GeneratedCsv.wellFormed(dialect, random)));
  }

  @Test
  void whatIsAsTheRfcHasItIsReadByOthersTheSame() throws IOException {
    check((readers, dialect, random) -> readers.ofStrict(GeneratedCsv.strict(dialect, random)));
  }

  @Test
  void whatIsBrokenInSeveralPlacesIsAccountedFor() throws IOException {
    check((readers, dialect, random) -> readers.ofBroken(GeneratedCsv.broken(dialect, random)));
  }

  private static void check(Trial trial) throws IOException {
    for (int seed = 0; seed < DIALECTS; seed++) {
      Random random = new Random(seed);
      Dialect dialect = Dialect.random(random);
      CsvTrial readers = new CsvTrial(dialect);
      for (int i = 0; i < FILES; i++) {
        assertThat(trial.of(readers, dialect, random)).as("seed %d, file %d", seed, i).isEmpty();
      }
    }
  }
}
