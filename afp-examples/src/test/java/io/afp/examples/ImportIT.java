package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Projects outside of the reactor, which have AFP from a local repository that was empty before.
 */
@Tag("integration")
class ImportIT {

  @TempDir private static Path folder;
  private static LibraryClone afp;

  @BeforeAll
  static void installOnce() throws IOException {
    afp = LibraryClone.in(folder);
    afp.install().succeeded();
  }

  @Test
  void everyLibraryIsInstalledWithSourcesAndJavadoc() {
    for (String module : LibraryClone.MODULES) {
      for (String end : List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar")) {
        assertThat(afp.installed(module, end)).exists();
      }
    }
  }

  /** Versions that only this build needs would be those of the other project too. */
  @Test
  void theBomIsInstalledWithoutItsParent() {
    assertThat(afp.installed("afp-bom", ".pom"))
        .content()
        .contains("<artifactId>afp-core</artifactId>", "<artifactId>afp-testing</artifactId>")
        .doesNotContain("<parent>", "<artifactId>deequ</artifactId>");
  }

  @Test
  void aProjectOfInitIsVerifiedByMavenAndRunByTheCommand() throws IOException {
    Path project = folder.resolve("Mein Lädchen");
    Command.afp(folder, "init", "--java", project.toString()).ended().succeeded();
    Files.writeString(
        project.resolve("afp.yaml"),
        "spark: { driver.extraJavaOptions: \"%s\" }%n".formatted(Reactor.quickDriver()),
        StandardOpenOption.APPEND);

    assertThat(afp.maven(project, "verify").succeeded().out())
        .contains("Tests run: 6, Failures: 0, Errors: 0, Skipped: 0");

    assertThat(
            Command.afp(project, "run", "shop", "--interval", "2024-01..2024-02")
                .ended()
                .succeeded()
                .out())
        .contains("0 warned, 0 failed", "release 1");
    assertThat(
            Command.afp(
                    project,
                    "sql",
                    "--json",
                    "select category, sum(orders)::int, sum(amount) from mart.sales_day"
                        + " group by category order by category")
                .ended()
                .rows())
        .hasSize(3)
        .startsWith("desk\t3\t196.6");
  }

  @Test
  void aBreakOfTheReleasedApiStopsTheBuild() throws IOException {
    Path next = nextVersionOf("afp-testing");
    compare(next).succeeded();

    Path outcome = next.resolve("src/main/java/io/afp/testing/Outcome.java");
    Files.writeString(
        outcome, Files.readString(outcome).replace("String outcome", "CharSequence outcome"));
    assertThat(compare(next).endedWith(1).out())
        .contains("io.afp.testing.Outcome.outcome():METHOD_RETURN_TYPE_CHANGED");
  }

  private static Command.Ended compare(Path module) {
    return afp.maven(
        module,
        "verify",
        "-DskipTests",
        "-Dspotless.check.skip",
        "-Djacoco.skip",
        "-Dafp.released=" + LibraryClone.version());
  }

  /** A module alone, as it is after a release of all of them. */
  private static Path nextVersionOf(String module) throws IOException {
    Path next = folder.resolve("next");
    ProjectCopy.copy(Reactor.root().resolve(module + "/src"), next.resolve("src"));
    String pom = Files.readString(Reactor.root().resolve(module + "/pom.xml"));
    Files.writeString(
        next.resolve("pom.xml"),
        pom.replace("</version>\n  </parent>", "</version>\n    <relativePath/>\n  </parent>")
            .replace("</parent>", "</parent>\n  <version>9.9.9-SNAPSHOT</version>")
            .replace("${project.version}", LibraryClone.version()));
    return next;
  }
}
