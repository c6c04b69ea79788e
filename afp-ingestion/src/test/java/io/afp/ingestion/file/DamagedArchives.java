package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.FileFormat;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.lake.RawRows;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/** Tests of archives of two parts that were damaged somewhere. */
abstract class DamagedArchives extends FolderTests {

  private static final int ROWS = 60;

  /** The ends of each part, where its sizes and checksums are. */
  private static final int EDGE = 24;

  /** All rows as they were, or an error that names the file; true if an error. */
  boolean failsOrIsWhole(Archives kind, byte[] bytes) {
    String name = "a.csv" + kind.ending;
    file(name, bytes);
    String failure = failure(source(name), RawRows::rows);
    if (failure.equals("none")) {
      assertThat(rows(name)).containsExactlyElementsOf(expected());
      return false;
    }
    assertThat(failure).startsWith("AFP-ING-002 Cannot read file").contains("/" + name);
    return true;
  }

  /** Damages an archive so many times and asks each time; how often it failed. */
  long failures(Archives kind, int times, Random random) {
    byte[] first = kind.of(text(0, ROWS / 2));
    byte[] whole = kind.of(text(0, ROWS / 2), text(ROWS / 2, ROWS));
    long failures = 0;
    for (int i = 0; i < times; i++) {
      Damage damage = Damage.values()[i % Damage.values().length];
      int place = place(first.length, whole.length, random);
      byte[] damaged = damage.to(whole, place, random);
      boolean isOtherArchive = damage == Damage.CUT_OFF && place == first.length;
      if (!isOtherArchive && failsOrIsWhole(kind, damaged)) {
        failures++;
      }
    }
    return failures;
  }

  /** Half of the places are near the edges of a part. */
  private static int place(int first, int whole, Random random) {
    if (random.nextBoolean()) {
      return random.nextInt(whole);
    }
    int edge = List.of(EDGE, first, first + EDGE, whole).get(random.nextInt(4));
    return Math.max(0, edge - 1 - random.nextInt(EDGE));
  }

  FileSource source(String name) {
    return new FileSource(
        FileSourceDef.of("x", FileFormat.CSV), List.of(address(name)), List.of("id", "name"));
  }

  List<String> rows(String name) {
    List<Row> rows = source(name).read(session()).rows().select("id", "name").collectAsList();
    return rows.stream().map(row -> row.get(0) + "," + row.get(1)).toList();
  }

  static List<String> expected() {
    return text(0, ROWS).lines().skip(1).toList();
  }

  /** Rows from one number to another, with a header at the start. */
  static String text(int from, int to) {
    String header = from == 0 ? "id,name\n" : "";
    return IntStream.range(from, to)
        .mapToObj(i -> i + "," + Long.toHexString(new Random(i).nextLong()) + "\n")
        .collect(Collectors.joining("", header, ""));
  }
}
