package io.afp.agentic.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {

  private static final String TEXT =
      """
      ---
      title: A page
      audience: [people, agents]
      ---
      # First

      Some words.

      ## Second: of it

      - [x] SC-1 Done
        - verify: `./check.sh`
      - [ ] SC-2 Open

      ```
      ## No heading
      - [ ] no item, and [no placeholder here]
      ```

      | id | what |
      |----|------|
      | A | one |

      See [there](other.md#part).
      """;

  private static final Markdown PAGE = Markdown.parse("page.md", TEXT);

  @Test
  void sectionsHaveTheLinesOfTheFile() {
    assertThat(PAGE.sections())
        .extracting(Section::title)
        .containsExactly("First", "Second: of it");
    assertThat(PAGE.sections()).extracting(Section::line).containsExactly(5, 9);
    assertThat(PAGE.sections().get(0).text()).isEqualTo("Some words.");
    assertThat(PAGE.sections().get(1).name()).isEqualTo("Second");
    assertThat(PAGE.sections().get(1).subject()).contains("of it");
  }

  @Test
  void itemsKnowTheirBoxesAndWhatIsInsideThem() {
    List<Item> items = PAGE.sections().get(1).items();

    assertThat(items).extracting(Item::line).containsExactly(11, 13);
    assertThat(items).extracting(i -> i.ticked().orElseThrow()).containsExactly(true, false);
    assertThat(items.get(0).words()).isEqualTo("SC-1 Done");
    assertThat(items.get(0).children().get(0).after("verify")).contains("`./check.sh`");
    assertThat(items.get(0).children().get(0).code()).contains("./check.sh");
  }

  @Test
  void rowsOfTablesHaveTheNamesOfTheirColumns() {
    Row row = PAGE.sections().get(1).rows().get(0);

    assertThat(row.line()).isEqualTo(22);
    assertThat(row.cell("what")).contains("one");
    assertThat(row.cell("other", "id")).contains("A");
  }

  @Test
  void whatIsInCodeIsNeitherProseNorHeading() {
    assertThat(PAGE.prose()).extracting(Piece::text).noneMatch(t -> t.contains("placeholder"));
    assertThat(PAGE.links()).containsExactly(new Piece(24, "other.md#part"));
  }

  @Test
  void frontMatterIsReadWithItsLines() {
    FrontMatter header = PAGE.frontMatter().orElseThrow();

    assertThat(header.text("title")).contains("A page");
    assertThat(header.texts("audience")).containsExactly("people", "agents");
    assertThat(header.line("audience")).isEqualTo(3);
    assertThat(header.end()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void endsOfLinesAndAMarkAtTheBeginningChangeNothing(String end) {
    Markdown page = Markdown.parse("page.md", "\uFEFF" + TEXT.replace("\n", end));

    assertThat(page.sections()).isEqualTo(PAGE.sections());
    assertThat(page.prose()).isEqualTo(PAGE.prose());
    assertThat(page.frontMatter().orElseThrow().line("audience")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "---", "---\ntitle: [", "# ", "```", "- [ ]", "| a |\n|---|", "\u0000"})
  void everyTextIsADocument(String text) {
    assertThat(Markdown.parse("page.md", text).lines()).isNotEmpty();
  }
}
