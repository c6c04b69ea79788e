package io.afp.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableName;
import org.junit.jupiter.api.Test;

class InputTextTest {

  @Test
  void aFileKeepsItsPathAndChecksum() {
    String text = InputText.file("data/month=01/a=b.csv", "c0ffee");
    assertThat(InputText.isFile(text)).isTrue();
    assertThat(InputText.path(text)).isEqualTo("data/month=01/a=b.csv");
    assertThat(InputText.checksum(text)).isEqualTo("c0ffee");
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
