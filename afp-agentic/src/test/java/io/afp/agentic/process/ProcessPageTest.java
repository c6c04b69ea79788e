package io.afp.agentic.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.agentic.documents.Markdown;
import io.afp.agentic.documents.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page about the process says of each of its items what shows it, and that is there. */
class ProcessPageTest {

  private static final Path ROOT = Path.of("..");
  private static final int ITEMS = 134;
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?: to (\\d+))?");
  private static final Pattern CLASS = Pattern.compile("`(\\w+)`");

  private List<Row> items;

  @BeforeEach
  void theItems() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/process.md"));
    items = Markdown.parse("process.md", page).section("All items").orElseThrow().rows();
  }

  @Test
  void everyItemIsThereOnce() {
    List<Integer> numbers = new ArrayList<>();
    for (Row item : items) {
      Matcher range = NUMBERS.matcher(item.cell("item").orElseThrow());
      while (range.find()) {
        int first = Integer.parseInt(range.group(1));
        int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
        IntStream.rangeClosed(first, last).forEach(numbers::add);
      }
    }
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, ITEMS).boxed().toList());
  }

  @Test
  void everyCommandThatShowsAnItemIsThere() {
    for (Row item : items) {
      assertThat(CommandPage.commandsIn(item.cell("by which command").orElseThrow()))
          .as("%s", item)
          .allMatch(CommandPage::has);
    }
  }

  @Test
  void everyTestThatShowsAnItemIsThere() throws IOException {
    Set<String> tests = tests();
    for (Row item : items) {
      List<String> named =
          CLASS
              .matcher(item.cell("shown by").orElseThrow())
              .results()
              .map(name -> name.group(1))
              .toList();
      assertThat(tests).as("%s", item).containsAll(named);
      boolean isPlain =
          item.cell("by which command").orElseThrow().matches(".*\\b(no|not|nothing)\\b.*");
      assertThat(!named.isEmpty() || isPlain)
          .as("%s names a test, or says plainly that something is not there", item)
          .isTrue();
    }
  }

  private static Set<String> tests() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      List<Path> sources =
          modules.map(each -> each.resolve("src/test/java")).filter(Files::isDirectory).toList();
      return sources.stream()
          .flatMap(ProcessPageTest::below)
          .filter(name -> name.endsWith("Test.java") || name.endsWith("IT.java"))
          .map(name -> name.replace(".java", ""))
          .collect(Collectors.toSet());
    }
  }

  private static Stream<String> below(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
