package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableDef;
import io.afp.core.lake.RawRows;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** An archive that was damaged gives all its rows, or fails: never some of them. */
class DamagedArchivesTest extends DamagedArchives {

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "ZSTD_WITHOUT_CHECKSUM")
  void damageIsNoticedOrHarmless(Archives kind) {
    assertThat(failures(kind, 30, new Random(1)))
        .as("most damage is no harmless one")
        .isGreaterThan(15);
  }

  @ParameterizedTest
  @EnumSource
  void anArchiveThatIsCutOffIsNoticedWhereverItIs(Archives kind) {
    byte[] whole = kind.of(text(0, 60));
    for (int length :
        List.of(0, 1, 3, 5, 12, whole.length / 2, whole.length - 5, whole.length - 1)) {
      assertThat(failsOrIsWhole(kind, Arrays.copyOf(whole, length)))
          .as("first %d", length)
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLaterPartThatIsCutOffIsNoticed(Archives kind) {
    int first = kind.of(text(0, 30)).length;
    byte[] whole = kind.of(text(0, 30), text(30, 60));
    for (int length :
        List.of(first + 1, first + 4, first + 10, whole.length - 9, whole.length - 1)) {
      assertThat(failsOrIsWhole(kind, Arrays.copyOf(whole, length)))
          .as("first %d", length)
          .isTrue();
    }
  }

  @Test
  void whatAnArchiveSaysBesideItsTextMayBeWrong() {
    byte[] whole = Archives.GZIP.of(text(0, 60));
    for (int place = 4; place < 10; place++) { // time, level and system that wrote it
      whole[place] ^= 1;
    }
    assertThat(failsOrIsWhole(Archives.GZIP, whole)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aFileWithoutBytesIsNoArchive(Archives kind) {
    assertThat(headerless(kind, new byte[0])).startsWith("AFP-ING-002 Cannot read file");
    assertThat(headerless(kind, kind.of(""))).isEqualTo("none");
  }

  private String headerless(Archives kind, byte[] bytes) {
    file("b.csv" + kind.ending, bytes);
    TableDef table =
        TableDef.named("raw.t")
            .fromCsv(address("b.csv" + kind.ending), csv -> csv.withoutHeader())
            .column("id", "string")
            .build();
    return failure(FileSource.of(table.fileSource().orElseThrow(), table), RawRows::rows);
  }
}
