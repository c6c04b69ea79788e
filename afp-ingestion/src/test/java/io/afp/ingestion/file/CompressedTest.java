package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.FileFormat;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Contract;
import io.afp.core.lake.RawRows;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives of each kind, written by the libraries that others use too. */
class CompressedTest extends FolderTests {

  private static final TableDef TABLE = FileTests.table("id int", "name string");

  @ParameterizedTest
  @CsvSource({
    "CSV, .gz",
    "CSV, .bz2",
    "CSV, .zst",
    "JSON, .gz",
    "JSON, .bz2",
    "JSON, .zst",
    "JSONL, .gz",
    "JSONL, .bz2",
    "JSONL, .zst",
    "CSV, .GZ"
  })
  void archivesAreReadWhole(FileFormat format, String ending) {
    String rows = rows(format, 3000);
    String name = "a ü." + format + ending;
    file(name, Archives.named(ending).of(rows));
    assertThat(count(format, name)).isEqualTo(3000);
  }

  @ParameterizedTest
  @CsvSource({".gz", ".bz2", ".zst"})
  void archivesOfSeveralPartsAreReadWhole(String ending) {
    file("a.csv" + ending, Archives.named(ending).of("id,name\n1,a\n", "2,b\n3,c\n"));
    assertThat(count(FileFormat.CSV, "a.csv" + ending)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "CSV, .gz",
    "CSV, .bz2",
    "CSV, .zst",
    "JSON, .gz",
    "JSON, .bz2",
    "JSON, .zst",
    "JSONL, .gz",
    "JSONL, .bz2",
    "JSONL, .zst"
  })
  void archivesThatAreCutOffAreBroken(FileFormat format, String ending) {
    byte[] whole = Archives.named(ending).of(rows(format, 60_000));
    String cut = "cut." + format + ending;
    file(cut, Arrays.copyOf(whole, whole.length / 2));
    assertBroken(format, cut);
  }

  @Test
  void whatTheNameDoesNotSayIsSaid() {
    file("a.csv", Archives.named(".gz").of(rows(FileFormat.CSV, 10)));
    assertThat(failure(FileFormat.CSV, "a.csv"))
        .contains(
            "byte 1 (0x8B) is wrong in UTF-8; it begins like gzip: its name must end with .gz");
    file("a.csv.xz", rows(FileFormat.CSV, 10));
    assertThat(failure(FileFormat.CSV, "a.csv.xz"))
        .contains("a.csv.xz: it is broken ('.xz' is no compression that can be read");
  }

  private void assertBroken(FileFormat format, String name) {
    assertThat(failure(format, name))
        .startsWith("AFP-ING-002 Cannot read file file:")
        .contains("/" + name + ": it is broken (");
  }

  private long count(FileFormat format, String name) {
    FileSource source = source(format, name);
    return new Contract(TABLE, List.of()).conform(source.read(session())).accepted().count();
  }

  private String failure(FileFormat format, String name) {
    return failure(source(format, name), RawRows::rows);
  }

  private FileSource source(FileFormat format, String name) {
    return new FileSource(
        FileSourceDef.of("x", format), List.of(address(name)), List.of("id", "name"));
  }

  private static String rows(FileFormat format, int number) {
    Random random = new Random(1);
    StringBuilder rows = new StringBuilder(format == FileFormat.CSV ? "id,name\n" : "");
    for (int i = 0; i < number; i++) {
      String name = Long.toHexString(random.nextLong());
      rows.append(
          format == FileFormat.CSV
              ? i + "," + name + "\n"
              : "{\"id\":%d,\"name\":\"%s\"}\n".formatted(i, name));
    }
    return rows.toString();
  }
}
