package io.afp.ingestion.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.CsvDef;
import io.afp.core.definition.CsvDetails;
import io.afp.core.definition.CsvParser;
import io.afp.ingestion.file.GuardedCsv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated files through whole reads of Spark. */
class CsvSparkTest {

  private static final int DIALECTS = 4;
  private static final int FILES = 30;

  @TempDir Path folder;

  @Test
  void aReadOfSparkGivesWhatItsParserGives() throws IOException {
    for (int seed = 0; seed < DIALECTS; seed++) {
      Random random = new Random(seed);
      List<GeneratedFile> files = files(Dialect.random(random).forSpark(), random);
      List<List<Found>> expected = new ArrayList<>();
      for (GeneratedFile file : files) {
        Dialect dialect = file.dialect();
        GuardedCsv guarded = new GuardedCsv(dialect.source(), dialect.columns());
        expected.add(guarded.lines(file.bytes()).stream().map(Found::of).toList());
      }
      FilesRead read = read(seed, files);
      assertThat(read.byAfp(csv -> csv.reader(CsvParser.SPARK))).as("Spark").isEqualTo(expected);
    }
  }

  @Test
  void aReadOfAfpGivesWhatItsScannerGives() throws IOException {
    for (int seed = 0; seed < DIALECTS; seed++) {
      Random random = new Random(seed);
      List<GeneratedFile> files = files(Dialect.random(random), random);
      ScannedCsv scanned = new ScannedCsv(files.get(0).dialect());
      List<List<Found>> expected = new ArrayList<>();
      for (GeneratedFile file : files) {
        expected.add(scanned.records(file.bytes()).stream().map(ScannedCsv.Placed::found).toList());
      }
      assertThat(read(50 + seed, files).byAfp(csv -> csv)).isEqualTo(expected);
    }
  }

  @Test
  void plainSparkReadsTheSameWhereItCan() throws IOException {
    for (int seed = 0; seed < DIALECTS; seed++) {
      Random random = new Random(seed);
      Dialect dialect = plain(Dialect.random(random));
      List<GeneratedFile> files =
          Stream.generate(() -> GeneratedCsv.wellFormed(dialect, random))
              .filter(CsvSparkTest::isPlain)
              .limit(FILES)
              .toList();
      assertThat(read(100 + seed, files).bySpark())
          .isEqualTo(files.stream().map(GeneratedFile::rows).toList());
    }
  }

  private FilesRead read(int number, List<GeneratedFile> files) throws IOException {
    return new FilesRead(Files.createDirectory(folder.resolve("d" + number)), files);
  }

  /** Half of them broken. */
  private static List<GeneratedFile> files(Dialect dialect, Random random) {
    List<GeneratedFile> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      files.add(GeneratedCsv.wellFormed(dialect, random));
      files.add(GeneratedCsv.broken(dialect, random));
    }
    return files;
  }

  /** Spark skips no lines, and takes bytes that are wrong for question marks. */
  private static Dialect plain(Dialect dialect) {
    CsvDef csv = dialect.csv();
    String quote = dialect.hasQuotes() ? csv.quote() : "\"";
    CsvDef plain = new CsvDef(csv.header(), csv.delimiter(), quote, csv.escape(), csv.comment(), 0);
    CsvDetails details = dialect.forSpark().csv().details();
    return new Dialect(plain.with(details), StandardCharsets.UTF_8, dialect.columns());
  }

  /**
   * It knows one kind of line ends in a file, its parser may lose zero bytes, and a byte order mark
   * alone is a record.
   */
  private static boolean isPlain(GeneratedFile file) {
    return !file.text().isEmpty() && file.text().indexOf('\r') < 0 && file.text().indexOf('\0') < 0;
  }
}
