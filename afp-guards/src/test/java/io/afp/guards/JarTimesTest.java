package io.afp.guards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seeded breach of the guard of the times in jars. */
class JarTimesTest {
  private static final LocalDateTime FIXED = LocalDateTime.parse("2026-11-01T00:00:00");

  @TempDir Path folder;

  @Test
  void entry_with_the_time_of_its_build_is_caught() throws IOException {
    Path jar = folder.resolve("a.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      entry(zip, "Fixed.class", FIXED);
      entry(zip, "Built.class", LocalDateTime.parse("2027-01-02T03:04:06"));
    }

    assertThat(JarTimes.of(jar)).hasSize(2).contains(FIXED);
    assertThat(JarTimes.otherThan(Set.of(FIXED), jar))
        .containsExactly("Built.class 2027-01-02T03:04:06");
  }

  private static void entry(ZipOutputStream zip, String name, LocalDateTime time)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(time);
    zip.putNextEntry(entry);
    zip.closeEntry();
  }
}
