package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every command of the pages is one that a {@link Reader} types, or has a reason why it does not.
 */
class PagesTest {

  /** Beside those in {@code docs} and of the examples. */
  private static final List<String> OTHER_PAGES =
      List.of("README.md", "CONTRIBUTING.md", "afp-examples/flights/data/README.md");

  /** Pages whose blocks are not typed by a reader, and why not. */
  private static final Map<String, String> NOT_READ =
      Map.of(
          "docs/commands.md", "how to write a command, generated from the command",
          "docs/install.md", "commands of the distribution, which its DistributionIT types",
          "docs/benchmarks.md", "the benchmarks take long");

  /** Two commands that README begins with; further down a reader types the first one again. */
  private static final List<String> FIRST_SCREEN =
      List.of(
          "README.md: ./afp run afp-examples/flights --interval 2013", "README.md: ./mvnw verify");

  @Test
  void noPageHasACommandThatIsNotTried() throws IOException {
    try (Stream<Path> docs = Files.walk(Reactor.root().resolve("docs"));
        Stream<Path> examples = Files.walk(Reactor.root().resolve("afp-examples"), 2)) {
      List<String> untried =
          Stream.of(OTHER_PAGES.stream().map(Reactor.root()::resolve), docs, examples)
              .flatMap(pages -> pages)
              .filter(page -> page.toString().endsWith(".md"))
              .filter(page -> !NOT_READ.containsKey(name(page)))
              .flatMap(page -> untried(page).stream().map(line -> name(page) + ": " + line))
              .toList();
      assertThat(untried).containsExactlyElementsOf(FIRST_SCREEN);
    }
  }

  private static List<String> untried(Path page) {
    return Stream.of(
                DocsIT.PAGES, ReadmesIT.PAGES, ExamplesIT.PAGES, MigrationIT.PAGES, ProcessIT.PAGES)
            .anyMatch(pages -> pages.contains(name(page)))
        ? Page.hidden(page)
        : Page.commands(page);
  }

  private static String name(Path page) {
    return Reactor.root().relativize(page).toString();
  }
}
