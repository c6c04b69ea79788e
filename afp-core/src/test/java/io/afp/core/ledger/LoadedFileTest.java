package io.afp.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadedFileTest {

  private static final Instant WRITTEN = Instant.parse("2024-01-01T08:00:00Z");
  private static final FileStamp STAMP = new FileStamp(5, WRITTEN);

  @Test
  void vouchesForAFileOfTheSameSizeAndTime() {
    LoadedFile file = readAt(WRITTEN.plusSeconds(60));
    assertThat(file.vouchesFor(STAMP)).isTrue();
    assertThat(file.vouchesFor(new FileStamp(6, WRITTEN))).isFalse();
    assertThat(file.vouchesFor(new FileStamp(5, WRITTEN.plusMillis(1)))).isFalse();
    assertThat(file.vouchesFor(new FileStamp(5, WRITTEN.minusSeconds(9)))).isFalse();
  }

  @Test
  void doesNotVouchForAFileThatWasReadInTheMomentInWhichItWasWritten() {
    assertThat(readAt(WRITTEN).vouchesFor(STAMP)).isFalse();
    assertThat(readAt(WRITTEN.plusSeconds(2)).vouchesFor(STAMP)).isFalse();
    assertThat(readAt(WRITTEN.plusMillis(2001)).vouchesFor(STAMP)).isTrue();
    assertThat(readAt(WRITTEN.minusSeconds(3600)).vouchesFor(STAMP))
        .as("a clock that is ahead")
        .isFalse();
  }

  @Test
  void doesNotVouchWithoutATime() {
    FileStamp timeless = new FileStamp(5, Instant.EPOCH);
    assertThat(
            new LoadedFile("a", "A", Optional.of(timeless), Optional.of(WRITTEN))
                .vouchesFor(timeless))
        .as("stores that have none say 1970")
        .isFalse();
    assertThat(new LoadedFile("a", "A", Optional.empty(), Optional.empty()).vouchesFor(STAMP))
        .isFalse();
  }

  @Test
  void rulesOutOnlyAnotherSize() {
    assertThat(readAt(WRITTEN).rulesOut(new FileStamp(6, WRITTEN))).isTrue();
    assertThat(readAt(WRITTEN).rulesOut(STAMP)).isFalse();
    assertThat(new LoadedFile("a", "A", Optional.empty(), Optional.empty()).rulesOut(STAMP))
        .isFalse();
  }

  private static LoadedFile readAt(Instant checked) {
    return new LoadedFile("a", "A", Optional.of(STAMP), Optional.of(checked));
  }
}
