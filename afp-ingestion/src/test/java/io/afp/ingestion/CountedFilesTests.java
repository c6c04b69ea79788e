package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.testing.TestProject;
import io.afp.ingestion.file.CountedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of files of raw.t that count which of them are opened. */
abstract class CountedFilesTests {

  private final String pipeline;

  @TempDir Path root;
  TestProject project;

  /**
   * Tests.
   *
   * @param pipeline what its definition says beside the name
   */
  CountedFilesTests(String pipeline) {
    this.pipeline = pipeline;
  }

  @BeforeEach
  void open() {
    project = new TestProject(root, pipeline);
    project.file(
        "afp.yaml",
        """
        lake: { uri: "%s", warehouse: "%s" }
        spark: { "hadoop.fs.file.impl": "%s", "hadoop.fs.file.impl.disable.cache": "true" }
        """
            .formatted(
                project.lake().account().uri(),
                project.lake().warehouse().toUri(),
                CountedFiles.class.getName()));
  }

  @AfterEach
  void close() {
    project.close();
  }

  static void published(JsonNode report) {
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
  }

  /** So that its time is not that in which it is read. */
  static Path old(Path file) throws IOException {
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
  }
}
