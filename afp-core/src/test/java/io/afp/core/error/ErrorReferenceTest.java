package io.afp.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/errors.md} has every code, with the title, category and exit code that it has. */
class ErrorReferenceTest {

  private static final Path PAGE = Path.of("..", "docs", "errors.md");
  private static final Pattern HEADING = Pattern.compile("(?m)^### (AFP-[A-Z]+-\\d+)");

  private String page;

  @BeforeEach
  void readPage() throws IOException {
    page = Files.readString(PAGE);
  }

  @ParameterizedTest
  @EnumSource
  void describesEveryCode(ErrorCode code) {
    assertThat(page)
        .as("Write in docs/errors.md, in the order of ErrorCode:%n%n%s", expected(code))
        .contains(expected(code));
    assertThat(section(code))
        .as("Say in docs/errors.md what to do about %s, after the cause", code.code())
        .containsPattern("\\*\\*Fix\\.\\*\\* \\S");
  }

  @Test
  void listsTheCodesOfTheEnumOnceAndInItsOrder() {
    List<String> described = HEADING.matcher(page).results().map(h -> h.group(1)).toList();
    List<String> known = Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList();
    assertThat(described)
        .as(
            "Take headings that are no code of ErrorCode, or are there twice, out of docs/errors.md")
        .containsExactlyElementsOf(known);
  }

  private static String expected(ErrorCode code) {
    String category = code.category().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    int exit = code.category().exitCode();
    return "### %s: %s\n\n%s, exit %d. ".formatted(code.code(), code.title(), category, exit);
  }

  /** From the heading of a code to the next one. */
  private String section(ErrorCode code) {
    int start = page.indexOf("### " + code.code());
    int end =
        HEADING
            .matcher(page)
            .results()
            .map(MatchResult::start)
            .filter(at -> at > start)
            .findFirst()
            .orElse(page.length());
    return page.substring(start, end);
  }
}
