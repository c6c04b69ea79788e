package io.afp.agentic.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.agentic.documents.Markdown;
import io.afp.agentic.documents.Row;
import io.afp.agentic.finding.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a standard says of who finds a breach is true: the finder is there. */
class StandardsTest {

  private static final Path STANDARDS =
      Path.of("src/main/resources/io/afp/agentic/scaffold/common/agent-prompts/standards");
  private static final Pattern CODE = Pattern.compile("\\b[A-Z]{3}\\d{3}\\b");

  /** Who can't be looked up. */
  private static final Pattern PEOPLE = Pattern.compile("review|settings of the code host");

  static Stream<Path> standards() throws IOException {
    return Files.list(STANDARDS).sorted();
  }

  @ParameterizedTest
  @MethodSource("standards")
  void everyFinderOfAStandardIsThere(Path standard) {
    List<String> codes = Arrays.stream(Code.values()).map(Code::name).toList();
    List<Row> rules = rules(standard);
    assertThat(rules).isNotEmpty();
    for (Row rule : rules) {
      String claim = rule.cell("found by").orElseThrow();
      List<String> found = CODE.matcher(claim).results().map(MatchResult::group).toList();
      List<String> commands = CommandPage.commandsIn(claim);
      assertThat(codes).as("codes of %s", rule).containsAll(found);
      assertThat(commands).as("commands of %s", rule).allMatch(CommandPage::has);
      assertThat(!found.isEmpty() || !commands.isEmpty() || PEOPLE.matcher(claim).find())
          .as("who finds a breach of %s", rule)
          .isTrue();
    }
  }

  private static List<Row> rules(Path standard) {
    try {
      return Markdown.parse("" + standard, Files.readString(standard)).sections().stream()
          .flatMap(section -> section.rows().stream())
          .filter(row -> row.cell("found by").isPresent())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
