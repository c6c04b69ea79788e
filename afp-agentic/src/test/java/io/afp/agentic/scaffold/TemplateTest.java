package io.afp.agentic.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {

  private static final Path FOLDER = Path.of("src/main/resources/io/afp/agentic/scaffold");

  @TempDir Path root;

  @Test
  void theIndexNamesEveryTemplate() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      List<String> there =
          files
              .filter(Files::isRegularFile)
              .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
              .filter(name -> !name.equals("files.txt"))
              .sorted()
              .toList();
      assertThat(Files.readAllLines(FOLDER.resolve("files.txt"))).isEqualTo(there);
    }
  }

  @Test
  void noVariableIsLeftInAProjectWithNothingInIt() {
    Survey survey = Survey.of(new Project(root));

    for (Scaffold scaffold :
        List.of(Scaffold.ofNew(survey, "shop"), Scaffold.ofExisting(survey, "shop"))) {
      scaffold
          .files()
          .forEach(
              (place, text) ->
                  assertThat(place + text).as(place).doesNotContainPattern("@[a-z_]+@"));
    }
  }

  @Test
  void whatAgentsReadEachTimeIsShort() {
    Scaffold scaffold = Scaffold.ofNew(Survey.of(new Project(root)), "shop");

    assertThat(scaffold.files().get("AGENTS.md").lines().count()).isLessThanOrEqualTo(150);
    assertThat(scaffold.files().get("CLAUDE.md")).isEqualTo("@AGENTS.md\n");
  }
}
