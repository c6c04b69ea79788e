package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Thousands of damaged archives. */
@Tag("long")
class DamagedArchivesIT extends DamagedArchives {

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "ZSTD_WITHOUT_CHECKSUM")
  void damageIsNoticedOrHarmless(Archives kind) {
    assertThat(failures(kind, 1500, new Random(2))).isGreaterThan(1000);
  }
}
