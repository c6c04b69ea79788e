package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePatternTest {

  private static final ZonedDateTime START =
      ZonedDateTime.of(2013, 1, 2, 3, 0, 0, 0, ZoneId.of("America/New_York"));

  @TempDir Path root;

  @Test
  void putsTheStartOfTheIntervalIntoEachField() {
    assertThat(new FilePattern("in/${interval:yyyy}/${interval:MM-dd'T'HH}/*.csv").at(START))
        .isEqualTo("in/2013/01-02T03/*.csv");
  }

  @Test
  void leavesOtherPathsAlone() {
    assertThat(new FilePattern("in/$x/*.csv").at(START)).isEqualTo("in/$x/*.csv");
    assertThat(new FilePattern("in/$x/*.csv").hasInterval()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ${interval:yyyy-bb} | '${interval:yyyy-bb}' has no valid date pattern
          ${interval:}        | '${interval:}' has no valid date pattern
          ${date:yyyy}        | '${date:yyyy}' is not ${interval:pattern}
          ${interval:yyyy     | a ${ has no } (files=${interval:yyyy)
          """)
  void refusesAFieldThatIsNoPattern(String files, String why) {
    assertThat(problems(ProjectFolder.PIPELINE, files))
        .isEqualTo(
            "p/tables/raw/a.yaml:1 (from.files) AFP-DEF-004 Cannot list the files of raw.a: "
                + why
                + " -> Write a pattern such as ${interval:yyyy-MM} in a pipeline with an interval.");
  }

  @Test
  void needsAnIntervalOfThePipeline() {
    assertThat(problems("pipeline: p\n", "${interval:yyyy}.csv"))
        .startsWith(
            "p/tables/raw/a.yaml:1 (from.files) AFP-DEF-010 Cannot list the files of raw.a: the"
                + " pipeline has no interval");
  }

  private String problems(String pipeline, String files) {
    String table = "from: { files: \"%s\", format: csv }\ncolumns: { id: { type: long } }\n";
    ProjectFolder project = new ProjectFolder(root).pipeline(pipeline);
    return String.join("\n", project.table("raw.a", table.formatted(files)).lines());
  }
}
