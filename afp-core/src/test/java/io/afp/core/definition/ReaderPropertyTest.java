package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.error.AfpException;
import io.afp.core.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class ReaderPropertyTest {

  private static final List<String> WORDS =
      List.of(
          "pipeline",
          "interval",
          "unit",
          "zone",
          "sla",
          "from",
          "files",
          "format",
          "csv",
          "columns",
          "id",
          "type",
          "long",
          "date",
          "key",
          "partition_by",
          "write",
          "mode",
          "replace",
          "interval_column",
          "on_rerun",
          "rejects",
          "at_most",
          "1%",
          "checks",
          "in",
          "between",
          "references",
          "rows",
          "min",
          "matches",
          "length",
          "fresh",
          "where",
          "required",
          "P3D",
          "name",
          "sql",
          "serve",
          "postgres",
          "a.b",
          "indexes",
          "~",
          "month(id)",
          "${interval:yyyy}",
          "${",
          "&a",
          "*a",
          "!!int",
          "<<",
          "? ",
          "|",
          "\"",
          "'");
  private static final List<String> GLUE =
      List.of(": ", ":", "\n", "\n  ", "\n    ", "- ", "[", "]", "{", "}", ", ", " ", "\t", "# ");

  private static Path root;

  @BeforeContainer
  static void start() throws IOException {
    root = Files.createTempDirectory("afp-reader");
  }

  @AfterContainer
  static void end() throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }

  @Property(tries = 1000)
  void anyTextIsReadOrReported(
      @ForAll("yamlish") String pipeline, @ForAll("yamlish") String table) {
    check(pipeline, table);
  }

  @Property(tries = 300)
  void anyStringIsReadOrReported(@ForAll String pipeline, @ForAll String table) {
    check(pipeline, table);
  }

  private static void check(String pipeline, String table) {
    ProjectFolder project = new ProjectFolder(root).pipeline(pipeline).table("a.b", table);
    project.file("p/tables/a/c.sql", "select 1").table("a.c", table);
    assertThat(project.problems())
        .allSatisfy(p -> assertThat(p.message()).isNotBlank())
        .allSatisfy(p -> assertThat(p.location().file()).isNotBlank());
    assertThat(outcome(project)).isTrue();
  }

  /** Whether reading gave a pipeline, or all problems with an error among them. */
  private static boolean outcome(ProjectFolder project) {
    try {
      return project.read() != null;
    } catch (AfpException e) {
      return e.problems().stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
    }
  }

  @Provide
  Arbitrary<String> yamlish() {
    Arbitrary<String> word = Arbitraries.of(WORDS);
    Arbitrary<String> glue = Arbitraries.of(GLUE);
    return Arbitraries.oneOf(word, glue).list().ofMaxSize(60).map(parts -> String.join("", parts));
  }
}
