package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileListingTest {

  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

  @TempDir private Path root;
  private FileListing listing;

  @BeforeEach
  void listing() {
    CountedFiles.reset();
    listing = new FileListing(CountedFiles.hadoop());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*", "a*", "a?.csv", "a[12].csv", "{a1,b1}.csv", "a1.csv", "none", "none*", "*.{csv,json}",
        "a\\{1\\}.csv", "a\\*.csv", "d/*", "d*/c1.csv", "{d,e}/c*", "d/../a1.csv", "[^a]*", "d",
            "none/*"
      })
  void findsWhatHadoopFinds(String pattern) throws IOException {
    for (String name : List.of("a1.csv", "a2.csv", "a3.json", "b1.csv", "a{1}.csv", "a*.csv")) {
      file(name);
    }
    file("d/c1.csv");
    file("e/c2.csv");
    String absolute = SourceFiles.escape(root.toString()) + "/" + pattern;
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(absolute);
    FileStatus[] expected = FileSystem.getLocal(CountedFiles.hadoop()).globStatus(path);

    assertThat(names(listing.matching(absolute)))
        .containsExactlyElementsOf(
            names(
                Stream.ofNullable(expected)
                    .flatMap(Arrays::stream)
                    .filter(FileStatus::isFile)
                    .sorted()
                    .toList()));
  }

  @Test
  void leavesMarksAndCopiesUnderWayAlone() throws IOException {
    List.of("_a.csv", ".a.csv", "a.csv._COPYING_", "a.csv").forEach(this::file);
    assertThat(names(listing.matching(root + "/*"))).containsExactly("a.csv");
    assertThat(listing.matching(root + "/_a.csv")).isEmpty();
  }

  @Test
  void listsAFolderOnceForTheFilesOfManyDays() throws IOException {
    days(365);
    for (int day = 0; day < 365; day++) {
      assertThat(names(listing.matching("%s/%s *.csv".formatted(root, FIRST.plusDays(day)))))
          .containsExactly(FIRST.plusDays(day) + " a.csv");
    }
    assertThat(CountedFiles.listed()).isEqualTo(1);
    assertThat(CountedFiles.opened()).isZero();
  }

  @Test
  void asksForFewFilesOneByOneAndListsTheFolderForMany() throws IOException {
    days(365);
    for (int day = 0; day < 365; day++) {
      String file = "%s/%s a.csv".formatted(root, FIRST.plusDays(day));
      assertThat(listing.matching(file)).hasSize(1);
      assertThat(CountedFiles.listed()).isEqualTo(day < 8 ? 0 : 1);
    }
  }

  private void days(int number) {
    for (int day = 0; day < number; day++) {
      file(FIRST.plusDays(day) + " a.csv");
    }
  }

  private void file(String name) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(List<FileStatus> files) {
    return files.stream().map(file -> file.getPath().getName()).toList();
  }
}
