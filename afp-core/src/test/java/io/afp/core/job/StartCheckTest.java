package io.afp.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import io.afp.core.settings.Build;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.Driver;

/** What a driver stands on is looked at before it works. */
class StartCheckTest {

  private static final ClassLoader HERE = StartCheckTest.class.getClassLoader();
  private static final Build BUILT = new Build("1", "3.5.9", "2.12.18", "1.12.0");

  @Test
  void whatAfpIsBuiltWithFits() {
    assertThatCode(StartCheck::pass).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "3.5.9, 2.12.18, none",
        "3.5.1, 2.12.10, none",
        "3.4.4, 2.12.17, 'Spark (needed=3.5, found=3.4.4)'",
        "3.5.9, 2.13.8, 'Scala (needed=2.12, found=2.13.8)'"
      })
  void anotherSparkOrScalaIsNamed(String spark, String scala, String named) {
    assertThat(new StartCheck(spark, scala, HERE, HERE).problems(BUILT))
        .extracting(Problem::message)
        .isEqualTo(
            named == null ? List.of() : List.of("Cannot start: AFP is built for another " + named));
  }

  @Test
  void aDriverThatIsThereTwiceIsNamedWithBothPlaces(@TempDir Path folder) throws Exception {
    Path copy = Files.copy(jar(), folder.resolve("postgresql-42.2.jar"));

    assertThat(problems(copy))
        .singleElement()
        .satisfies(p -> assertThat(p.code()).isEqualTo(ErrorCode.CLASS_PATH))
        .extracting(Problem::message)
        .asString()
        .startsWith("Cannot start: the JDBC driver of Postgres is on the class path more than once")
        .contains("first=" + jar(), "then=" + copy);
  }

  @Test
  void theSameFileInTwoPlacesIsOne(@TempDir Path folder) throws Exception {
    Path copy = Files.copy(jar(), folder.resolve(jar().getFileName()));

    assertThat(problems(copy)).isEmpty();
  }

  @Test
  void aDriverThatIcebergDoesNotSeeIsNamed() throws Exception {
    ClassLoader ofSpark = ClassLoader.getPlatformClassLoader();

    assertThat(new StartCheck("3.5.9", "2.12.18", ofSpark, HERE).problems(BUILT))
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith("Cannot start: Iceberg does not see the JDBC driver of Postgres")
        .contains(jar().toString());
  }

  @Test
  void aDriverThatIsNotThereIsNamed() {
    ClassLoader without =
        new ClassLoader(HERE) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            return name.startsWith("org/postgresql/")
                ? Collections.emptyEnumeration()
                : super.getResources(name);
          }
        };

    assertThat(new StartCheck("3.5.9", "2.12.18", HERE, without).problems(BUILT))
        .singleElement()
        .extracting(Problem::message)
        .isEqualTo(
            "Cannot start: the JDBC driver of Postgres is not on the class path (class=org.postgresql.Driver)");
  }

  /** The modules of Java are opened to those that Spark is in, and to no other. */
  @Test
  void aJavaThatKeepsClosedWhatSparkNeedsIsNamedWithTheOptionsForIt() {
    assertThat(StartCheck.open(java.sql.Driver.class.getModule()).orElseThrow().fix())
        .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
  }

  private static List<Problem> problems(Path more) throws IOException {
    try (URLClassLoader driver = new URLClassLoader(new URL[] {more.toUri().toURL()}, HERE)) {
      return new StartCheck("3.5.9", "2.12.18", HERE, driver).problems(BUILT);
    }
  }

  private static Path jar() throws URISyntaxException {
    return Path.of(Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @ParameterizedTest
  @CsvSource({"1.8, false", "11, false", "17, true", "21, true", "23, true", "24, false"})
  void aJavaThatIsTooOldOrTooNewIsRefused(String specification, boolean fits) {
    assertThat(JavaVersion.fits(specification)).isEqualTo(fits);
  }

  @Test
  void theCodeOfAWrongJavaIsThatOfAnotherRuntime() {
    assertThat(JavaVersion.CODE).isEqualTo(ErrorCode.OTHER_RUNTIME.code());
  }
}
