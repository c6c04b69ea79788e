package io.afp.agentic.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.testing.CorpusProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every code finds the defects that are seeded for it, and nothing else does. */
class CorpusTest {

  @TempDir Path folder;

  static Stream<Path> defects() throws IOException {
    return Files.list(CorpusProject.CORPUS).filter(d -> !d.endsWith("clean")).sorted();
  }

  @ParameterizedTest
  @MethodSource("defects")
  void aDefectIsFoundByItsCodeAlone(Path defect) {
    String code = defect.getFileName().toString().replaceFirst("-.*", "");

    List<Finding> findings = CorpusProject.with(defect, folder).lint();

    assertThat(findings)
        .as("findings in %s", defect)
        .isNotEmpty()
        .allMatch(finding -> finding.code().name().equals(code))
        .allMatch(finding -> !finding.message().isBlank() && !finding.fix().isBlank());
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeHasADefect(Code code) throws IOException {
    assertThat(defects().map(d -> d.getFileName().toString().replaceFirst("-.*", "")))
        .as("Seed a defect for %s in %s", code, CorpusProject.CORPUS)
        .contains(code.name());
  }

  @Test
  void aCleanProjectHasNoFindingBeforeAndAfterTheWork() {
    CorpusProject project = CorpusProject.started(folder);
    assertThat(project.lint()).as("before").isEmpty();

    project.start();
    assertThat(project.lint()).as("at work").isEmpty();

    project.work();
    project.verify(new Findings());
    assertThat(project.lint()).as("verified").isEmpty();

    project.close(new Findings());
    assertThat(project.lint()).as("closed").isEmpty();
  }
}
