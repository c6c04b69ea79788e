package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {

  private static final String RECORD =
      """
      {"ts":"2026-11-23T23:33:48.831Z","level":"%s","logger":"io.afp","thread":"main","step":"%s","message":"%s","exception":"%s"}
      """;
  private static final String LOG =
      RECORD.formatted("INFO", "", "begins\\nat once", "")
          + RECORD.formatted("WARN", "core.flight", "is slow", "")
          + "Picked up JAVA_TOOL_OPTIONS\n"
          + RECORD.formatted(
              "ERROR", "core.flight", "has failed", "java.io.IOException: no\\n\\tat io.afp.X\\n");

  private TestProjectFolder project;

  @BeforeEach
  void twoLogs(@TempDir Path folder) {
    project = TestProjectFolder.in(folder, TestPostgres.empty());
    project.write("afp.yaml", "");
    project.write(".afp/logs/abcd1111.log", LOG);
    project.write(".afp/logs/abcd2222.log", "");
  }

  @Test
  void recordsAreLinesForPeople() {
    assertThat(project.afp("logs abcd1").succeeded().out().lines())
        .containsExactly(
            "2026-11-23 23:33:48.831Z INFO  begins",
            "    at once",
            "2026-11-23 23:33:48.831Z WARN  core.flight is slow",
            "Picked up JAVA_TOOL_OPTIONS",
            "2026-11-23 23:33:48.831Z ERROR core.flight has failed",
            "    java.io.IOException: no",
            "      at io.afp.X");
  }

  @Test
  void onlyRecordsFromALevelOnAreShown() {
    assertThat(project.afp("logs abcd1 --level warn").succeeded().out().lines())
        .hasSize(4)
        .noneMatch(line -> line.contains("INFO") || line.contains("Picked"));
    assertThat(project.afp("logs abcd1 --level loud --json").endedWith(64).out())
        .contains("AFP-CLI-001", "WARN");
  }

  @Test
  void theDocumentHasTheRecordsAsTheyAre() {
    assertThat(project.afp("logs abcd1 --json").data().findValuesAsText("message"))
        .containsExactly("begins\nat once", "is slow", "Picked up JAVA_TOOL_OPTIONS", "has failed");
    assertThat(project.afp("logs abcd1 --json --level ERROR").data()).hasSize(1);
    assertThat(project.afp("logs abcd2222 --json").data()).isEmpty();
  }

  @Test
  void aRunOfABackfillHasItsPartOfTheLogOfAllOfThem() {
    String line =
        "{\"ts\":\"2026\",\"level\":\"INFO\",\"correlation_id\":\"%s\",\"message\":\"%s\"}\n";
    project.write(
        ".afp/logs/backfill-1.log",
        line.formatted("beef1111", "first") + "noise\n" + line.formatted("beef2222", "second"));

    assertThat(project.afp("logs beef2").succeeded().out().lines())
        .containsExactly("2026 INFO  second");
    assertThat(project.afp("logs backfill-1 --json").data()).hasSize(3);
  }

  @Test
  void aRunWithoutALogAndAnIdThatIsNotUniqueAreRefused() {
    for (String run : new String[] {"abcd", "ffff", "../logs/abcd1111"}) {
      assertThat(project.afp("logs --json " + run).endedWith(64).out()).contains("AFP-RUN-008");
    }
  }
}
