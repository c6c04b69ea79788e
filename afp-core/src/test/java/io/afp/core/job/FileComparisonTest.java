package io.afp.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.FileStamp;
import io.afp.core.ledger.LoadedFile;
import io.afp.core.ledger.SourceChange;
import io.afp.core.spi.Checksum;
import io.afp.core.spi.Inputs.FileInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileComparisonTest {

  private static final Instant MORNING = Instant.parse("2024-01-01T08:00:00Z");
  private static final Instant NOON = Instant.parse("2024-01-01T12:00:00Z");

  private final List<String> read = new ArrayList<>();

  @Test
  void whatIsAsItWasIsNoChange() {
    FileComparison compared = compare(List.of(loaded("a", 5, "A")), known("a", 5, "A"));
    assertThat(compared.changes()).isEmpty();
    assertThat(compared.learned()).isEmpty();
    assertThat(read).isEmpty();
  }

  @Test
  void anotherSizeIsAChangeThatNobodyHasToReadFor() {
    assertThat(texts(List.of(loaded("a", 5, "A")), now("a", 6, NOON, "B")))
        .containsExactly("a changed");
    assertThat(read).isEmpty();
  }

  @Test
  void anotherTimeIsReadAndIsNoChangeIfTheBytesAreTheSame() {
    List<LoadedFile> loaded = List.of(loaded("a", 5, "A"), loaded("b", 5, "B"));
    FileComparison compared = compare(loaded, now("a", 5, NOON, "A"), now("b", 5, NOON, "C"));

    assertThat(compared.changes()).containsExactly(SourceChange.changed("b"));
    assertThat(compared.learned()).extracting(LoadedFile::path).containsExactly("a");
    assertThat(compared.learned().get(0).stamp()).contains(new FileStamp(5, NOON));
    assertThat(read).containsExactly("a", "b");
  }

  @Test
  void aFileOfAnOldLedgerIsReadOnce() {
    LoadedFile old = new LoadedFile("a", "A", Optional.empty(), Optional.empty());
    assertThat(compare(List.of(old), now("a", 5, MORNING, "A")).learned())
        .extracting(LoadedFile::path)
        .containsExactly("a");
  }

  @Test
  void lateVanishedAndRenamedFilesAreToldApart() {
    List<LoadedFile> loaded =
        List.of(loaded("a", 5, "A"), loaded("b", 7, "B"), loaded("c", 7, "C"));
    assertThat(
            texts(
                loaded,
                known("a", 5, "A"),
                now("c2", 7, NOON, "C"),
                now("d", 7, NOON, "D"),
                now("e", 9, NOON, "E")))
        .containsExactly("b is gone", "c is called c2 now", "d is new", "e is new");
    assertThat(read).as("e has a size that no vanished file had").containsExactly("c2", "d");
  }

  @Test
  void aCopyOfAFileThatIsStillThereIsALateFile() {
    assertThat(texts(List.of(loaded("a", 5, "A")), known("a", 5, "A"), now("b", 5, NOON, "A")))
        .containsExactly("b is new");
  }

  private List<String> texts(List<LoadedFile> loaded, FileInput... now) {
    return compare(loaded, now).changes().stream().map(SourceChange::text).toList();
  }

  private static FileComparison compare(List<LoadedFile> loaded, FileInput... now) {
    return new FileComparison(loaded, List.of(now));
  }

  private static LoadedFile loaded(String path, long size, String checksum) {
    return new LoadedFile(
        path, checksum, Optional.of(new FileStamp(size, MORNING)), Optional.of(NOON));
  }

  private static FileInput known(String path, long size, String checksum) {
    return new FileInput(path, path, new FileStamp(size, MORNING), Checksum.known(checksum, NOON));
  }

  private FileInput now(String path, long size, Instant modified, String checksum) {
    Checksum content =
        Checksum.read(
            () -> {
              read.add(path);
              return checksum;
            });
    return new FileInput(path, path, new FileStamp(size, modified), content);
  }
}
