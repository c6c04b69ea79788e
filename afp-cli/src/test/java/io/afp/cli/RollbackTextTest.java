package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;

/** What a rollback did is told also where another one had done a part of it. */
class RollbackTextTest {

  private static final String CHANGE =
      "'tables': [{'table': 'mart.a', 'action': 'restore', 'rows_now': 4, 'rows_then': 2}]";

  private static String text(String fields) throws JsonProcessingException {
    return RollbackText.of(
        Output.JSON.readTree("{'to': 1, %s}".formatted(fields).replace('\'', '"')));
  }

  @Test
  void nothingToDoIsWhenNothingWasChangedAndNothingServed() throws JsonProcessingException {
    assertThat(text("'tables': [], 'served': [], 'not_served': []"))
        .isEqualTo("Nothing to do: all tables are as release 1 left them");
    assertThat(text("'dry_run': true, 'tables': [], 'served': []"))
        .isEqualTo("Nothing to do: all tables are as release 1 left them");
  }

  @Test
  void servingThatWasLeftIsNamed() throws JsonProcessingException {
    assertThat(text("'tables': [], 'served': ['mart.a', 'mart.b'], 'not_served': []"))
        .isEqualTo("All tables are as release 1 left them; served again: mart.a, mart.b");
    assertThat(text("'dry_run': true, 'tables': [], 'served': ['mart.a']").lines())
        .containsExactly(
            "All tables are as release 1 left them",
            "Would be served again: mart.a",
            "Nothing was changed: this was a dry run");
  }

  @Test
  void aReleaseIsNamedWithWhatIsServedAndWhatIsNot() throws JsonProcessingException {
    assertThat(text("'release': 3, 'served': ['mart.a'], 'not_served': ['mart.b'], " + CHANGE))
        .matches("(?s)table +action .*mart\\.a +restore +4 +2\n\n.*")
        .endsWith(
            "\n\nrelease 3: the tables of release 1; served again: mart.a; not served: mart.b");
    assertThat(text("'dry_run': true, 'served': [], " + CHANGE))
        .endsWith(" 2\n\nNothing was changed: this was a dry run");
  }
}
