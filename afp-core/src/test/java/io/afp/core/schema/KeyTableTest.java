package io.afp.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The key tables of {@code docs/language.md} say what the declarations say. */
class KeyTableTest {

  private static final Path PAGE = Path.of("..", "docs", "language.md");
  private static final Pattern HEADING = Pattern.compile("(?m)^### (\\w+)$");
  private static final Pattern GENERATED =
      Pattern.compile("(<!-- generated: ([\\w.]+) -->\\n\\n)(?s:.*?)(\\n<!-- end -->)");

  @Test
  void areWhatTheDeclarationsGive() throws IOException {
    String page = Files.readString(PAGE);
    KeyTable tables = new KeyTable(headings(page));
    String generated =
        GENERATED
            .matcher(page)
            .replaceAll(
                m -> Matcher.quoteReplacement(m.group(1) + tables.of(m.group(2)) + m.group(3)));
    Baseline.check(PAGE, generated);
  }

  @Test
  void areThereForEveryMappingWithAHeading() throws IOException {
    assertThat(GENERATED.matcher(Files.readString(PAGE)).results().map(m -> m.group(2)))
        .containsExactlyInAnyOrder(
            "pipeline",
            "pipeline.airflow",
            "table",
            "table.from",
            "table.columns",
            "table.metadata",
            "table.layout",
            "table.write",
            "table.drift",
            "table.columns.checks",
            "table.checks",
            "table.serve",
            "checks",
            "checks.columns",
            "afp");
  }

  private static Set<String> headings(String page) {
    return HEADING
        .matcher(page)
        .results()
        .map((MatchResult h) -> h.group(1))
        .collect(Collectors.toSet());
  }
}
