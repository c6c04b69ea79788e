package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.Project;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.Database.Account;
import io.afp.core.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathJarsTest {

  private TestProjectFolder project;

  @BeforeEach
  void jars(@TempDir Path folder) {
    project = TestProjectFolder.in(folder, new Account("", Optional.empty(), Optional.empty()));
    project.write("lib/b.jar", "");
    project.write("lib/a.jar", "");
    project.write("lib/notes.txt", "");
    project.write("lib/sub.jar/x", "");
  }

  @Test
  void pathsAndGlobsStartAtTheFolderOfTheFile() {
    String lib = project.root().resolve("lib").toUri().toString();
    assertThat(found("[lib/b.jar, \"lib/*.jar\", \"s3a://jars/c.jar\"]"))
        .containsExactly(lib + "b.jar", lib + "a.jar", "s3a://jars/c.jar");
  }

  @Test
  void withoutThemThereIsNoJar() {
    assertThat(found("[]")).isEmpty();
  }

  @Test
  void anEntryWithoutAFileIsAnError() {
    for (String entry :
        List.of("lib/c.jar", "lib/*.zip", "*/a.jar", "nothing/*.jar", "lib/sub.jar")) {
      assertThatThrownBy(() -> found("[lib/a.jar, \"" + entry + "\"]"))
          .isInstanceOfSatisfying(
              AfpException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.SETTING_WRONG);
                assertThat(e).hasMessageContaining("there is no jar").hasMessageContaining(entry);
                assertThat(e.problems().get(0).location().line()).isEqualTo(1);
              });
    }
  }

  private List<String> found(String classpath) {
    project.write("afp.yaml", "classpath: " + classpath + "\n");
    Settings settings = Settings.load(new Project(project.root()), Optional.empty(), Map.of());
    return new ClassPathJars(settings).found();
  }
}
