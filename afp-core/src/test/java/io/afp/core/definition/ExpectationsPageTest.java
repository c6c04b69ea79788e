package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/expectations.md} gives for the rules of other tools can be written. */
class ExpectationsPageTest {

  private static final Path PAGE = Path.of("../docs/expectations.md");
  private static final Pattern CHECK = Pattern.compile("`(\\{ [^`]* })`");
  private static final Pattern KEYWORD = Pattern.compile("\\{ (\\w+):");
  private static final Pattern TABLE = Pattern.compile("tables/raw/(c\\d+)");

  private static final String COLUMNS =
      """
      columns:
        a: { type: long }
        b: { type: long }
        net: { type: "decimal(10,2)" }
        tax: { type: "decimal(10,2)" }
        gross: { type: "decimal(10,2)" }
        country: { type: string }
        currency: { type: string }
        at: { type: timestamp }
      """;

  /** Where a check may stand. */
  private static final List<String> PLACES =
      List.of(
          COLUMNS + "  c: { type: string, checks: [ %s ] }\n",
          COLUMNS + "  c: { type: long, checks: [ %s ] }\n",
          COLUMNS + "  c: { type: timestamp, checks: [ %s ] }\n",
          COLUMNS + "checks: [ %s ]\n");

  @TempDir Path root;

  private static List<String> checks() throws IOException {
    return CHECK
        .matcher(Files.readString(PAGE))
        .results()
        .map(found -> found.group(1))
        .distinct()
        .toList();
  }

  @Test
  void givesOnlyChecksOfTheLanguage() throws IOException {
    List<String> checks = checks();
    ProjectFolder project =
        new ProjectFolder(root).source("core.other", "columns: { id: { type: long } }\n");
    for (int i = 0; i < checks.size(); i++) {
      for (int place = 0; place < PLACES.size(); place++) {
        project.source("raw.c%d%d".formatted(i, place), PLACES.get(place).formatted(checks.get(i)));
      }
    }
    Set<String> wrong =
        project.problems().stream().map(ExpectationsPageTest::table).collect(Collectors.toSet());
    assertThat(IntStream.range(0, checks.size()))
        .filteredOn(i -> wrong.containsAll(places(i)))
        .as("that can't stand anywhere")
        .extracting(checks::get)
        .isEmpty();
  }

  private static List<String> places(int check) {
    return IntStream.range(0, PLACES.size()).mapToObj(i -> "c" + check + i).toList();
  }

  private static String table(Problem problem) {
    return TABLE
        .matcher(problem.location().toString())
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void namesEachRuleOfTheLanguage() throws IOException {
    Function<String, String> keyword =
        check -> KEYWORD.matcher(check).results().findFirst().orElseThrow().group(1);
    Set<String> named = checks().stream().map(keyword).collect(Collectors.toSet());
    assertThat(rules()).isSubsetOf(named);
  }

  private static Set<String> rules() {
    return Stream.of(CheckShape.COLUMN_CHECK, CheckShape.TABLE_CHECK)
        .flatMap(shape -> shape.exactlyOneOf().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
