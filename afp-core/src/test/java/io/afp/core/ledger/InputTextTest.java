package io.afp.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputTextTest {

  @Test
  void aClassThatDoesSomethingElseIsNamed() {
    List<String> before = List.of(InputText.javaClass("com.acme.Sessions", "1"));
    List<String> now = List.of(InputText.javaClass("com.acme.Sessions", "2"));
    assertThat(InputText.differences(before, now)).containsExactly("com.acme.Sessions changed");
    assertThat(InputText.resolve(now.get(0), 7)).isEqualTo(now.get(0));
  }

  @Test
  void aFileKeepsItsPathAndChecksum() {
    String text = InputText.file("data/month=01/a=b.csv", "c0ffee");
    assertThat(text).isEqualTo("file:data/month=01/a=b.csv=c0ffee");
    assertThat(InputText.resolve(InputText.file("run=run", "run"), 7))
        .as("only tables have a version of this run")
        .isEqualTo("file:run=run=run");
  }

  @Test
  void aTableOfTheSameRunGetsTheNumberOfItsRelease() {
    TableName table = TableName.parse("core.a");
    assertThat(InputText.resolve(InputText.table(table, InputText.THIS_RUN), 7))
        .isEqualTo(InputText.table(table, "7"));
    assertThat(InputText.resolve(InputText.table(table, "5"), 7))
        .isEqualTo(InputText.table(table, "5"));
  }
}
