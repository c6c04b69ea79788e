package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {

  /** A block of a page. */
  private static final Pattern EXAMPLE = Pattern.compile("```\\w+\n(.*?)```", Pattern.DOTALL);

  private Path root;

  @BeforeEach
  void aFolderWhoseNameIsNotPlain(@TempDir Path folder) {
    root = folder.resolve("Mein Lädchen & Söhne");
  }

  @Test
  void whatItWritesHasNoProblem() {
    TestCommand init = init();

    assertThat(init.lines())
        .contains(
            "afp.yaml written", ".gitignore written", "afp run shop --interval 2024-01..2024-02");
    TestCommand validate = TestCommand.run("validate", "--project", root.toString()).succeeded();
    assertThat(validate.out()).isEqualTo("1 pipeline with 4 tables: no error\n");
    assertThat(validate.err()).isEmpty();
  }

  @Test
  void everyTemplateIsWrittenAndNoPlaceholderIsLeft() throws IOException {
    init("--name", "kiosk");

    assertThat(root.resolve("kiosk/pipeline.yaml")).content().startsWith("pipeline: kiosk\n");
    try (Stream<Path> templates = Files.walk(Path.of("src/main/resources/io/afp/cli/init"))) {
      assertThat(state()).hasSize((int) templates.filter(Files::isRegularFile).count());
    }
    for (String file : state().keySet()) {
      assertThat(root.resolve(file)).content().doesNotContain("@pipeline@");
    }
    assertThat(Files.readAllLines(root.resolve("README.md")))
        .hasSizeBetween(20, 30)
        .allMatch(line -> line.length() <= 130);
  }

  @Test
  void aProjectInJavaNamesNothingThatItDoesNotWrite() throws IOException {
    assertThat(init("--java", "--name", "kiosk").lines()).contains("mvn verify");

    assertThat(root.resolve("src/main/java/example/kiosk/TillOrders.java"))
        .content()
        .startsWith("package example.kiosk;");
    assertThat(root.resolve("pom.xml")).content().doesNotContain("${");
    for (String file : state().keySet()) {
      assertThat(root.resolve(file)).content().doesNotContain("@pipeline@");
    }
    assertThat(TestCommand.run("validate", "--project", root.toString()).endedWith(78).err())
        .as("before the jar is built")
        .contains("AFP-SET-001", "Build the jars that classpath names");
    assertThat(run("--java", "--name", "int").endedWith(64).err())
        .contains("another use for the word");
    assertThat(run("--java", "--name", "target").endedWith(64).err()).contains("another use");
    assertThat(init("--java", "--name", "kiosk").out()).contains("Nothing to do");
  }

  /** Whose tests ImportIT of afp-examples runs. */
  @Test
  void theExamplesOfThePageAboutImportAreOfAProjectInJava() throws IOException {
    init("--java");
    List<String> files = state().values().stream().map(InitCommandTest::unindented).toList();

    List<String> examples =
        EXAMPLE
            .matcher(Files.readString(Path.of("../docs/import.md")))
            .results()
            .map(block -> unindented(block.group(1)))
            .toList();

    assertThat(examples).hasSizeGreaterThan(5);
    for (String example : examples) {
      assertThat(files).as(example).anyMatch(file -> file.contains(example));
    }
  }

  private static String unindented(String text) {
    return text.replaceAll("(?m)^ +", "");
  }

  @Test
  void aProjectInJavaIsNotMixedWithAnother() throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    assertThat(run("--java").endedWith(64).err()).contains("a pom.xml of another one", "afp-bom");
    Files.delete(root.resolve("pom.xml"));
    init();
    assertThat(run("--java").endedWith(64).err()).contains("an afp.yaml of another one");
  }

  @Test
  void twiceIsNoChange() throws IOException {
    init();
    List<FileTime> old = new ArrayList<>();
    for (String file : state().keySet()) {
      Path path = root.resolve(file);
      Files.setLastModifiedTime(path, FileTime.fromMillis(1_700_000_000_000L + old.size()));
      old.add(Files.getLastModifiedTime(path));
    }
    Map<String, String> before = state();

    assertThat(init().out()).contains("Nothing to do: every file is there");
    assertThat(states(init("--json").data())).containsOnly("kept");

    assertThat(state()).isEqualTo(before);
    List<FileTime> now = new ArrayList<>();
    for (String file : before.keySet()) {
      now.add(Files.getLastModifiedTime(root.resolve(file)));
    }
    assertThat(now).isEqualTo(old);
  }

  @Test
  void onlyWhatIsMissingIsAddedToAFolderWithOtherFiles() throws IOException {
    Files.createDirectories(root.resolve("shop"));
    Files.writeString(root.resolve("README.md"), "Mine");
    Files.writeString(root.resolve("shop/notes.txt"), "Mine too");
    Files.createSymbolicLink(root.resolve("afp.yaml"), Path.of("elsewhere.yaml"));

    JsonNode data = init("--json").data();

    assertThat(data.path("folder").asText()).isEqualTo(root.toString());
    assertThat(states(data)).startsWith("kept", "kept", "written").contains("written");
    assertThat(root.resolve("README.md")).hasContent("Mine");
    assertThat(root.resolve("shop/notes.txt")).hasContent("Mine too");
    assertThat(root.resolve("elsewhere.yaml")).doesNotExist();
    assertThat(root.resolve("shop/pipeline.yaml")).exists();
  }

  @Test
  void aDryRunWritesNothing() {
    TestCommand dry = init("--dry-run");

    assertThat(dry.lines()).contains("afp.yaml missing", "Nothing was changed: this was a dry run");
    assertThat(states(init("--dry-run", "--json").data())).containsOnly("missing");
    assertThat(root).doesNotExist();
  }

  @Test
  void aFileWhereAFolderShouldBeIsNamedAndNothingIsWritten() throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve("shop"), "a file");

    TestCommand init = run().endedWith(69);

    assertThat(init.err())
        .contains("AFP-CLI-005", root.resolve("shop") + " is a file and no folder", "fix")
        .doesNotContain("\tat ");
    assertThat(state().keySet()).containsExactly("shop");
  }

  @Test
  void aFolderWhereAFileShouldBeIsNamed() throws IOException {
    Files.createDirectories(root.resolve("afp.yaml"));

    assertThat(run().endedWith(69).err()).contains("AFP-CLI-005", "there is a folder of that name");
  }

  /** Not even root may write below {@code /proc}. */
  @Test
  void aFolderThatMayNotBeWrittenIsNamed() {
    root = Path.of("/proc/afp/project");

    assertThat(run().endedWith(69).err()).contains("AFP-CLI-005", "/proc/").doesNotContain("\tat ");
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    assertThat(run("--name", "Mein Laden", "--json").endedWith(64).out()).contains("AFP-CLI-001");
    assertThat(run("--name", "../shop").endedWith(64).err()).contains("AFP-CLI-001", "../shop");
    assertThat(root).doesNotExist();
  }

  private TestCommand init(String... options) {
    return run(options).succeeded();
  }

  private TestCommand run(String... options) {
    return TestCommand.run(
        Stream.concat(Stream.of("init", root.toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  private static List<String> states(JsonNode data) {
    return data.path("files").findValuesAsText("state");
  }

  /** The files and what is in them. */
  private Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        state.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return state;
  }
}
