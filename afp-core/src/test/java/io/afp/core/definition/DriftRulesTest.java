package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.DriftDef.Policy;
import io.afp.core.definition.WriteDef.OnSchemaChange;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DriftRulesTest {

  @Test
  void oneWordIsForAllKindsAndAKindThatIsLeftOutHasItsDefault() {
    assertThat(source().drift(Policy.EVOLVE).build().drift())
        .isEqualTo(
            new DriftDef(Policy.EVOLVE, Optional.of(Policy.EVOLVE), Policy.EVOLVE, Policy.EVOLVE));
    assertThat(source().newColumns(Policy.EVOLVE).build().drift())
        .isEqualTo(new DriftDef(Policy.EVOLVE, Optional.empty(), Policy.DISCARD, Policy.DISCARD));
    assertThat(source().reorderedColumns(Policy.FREEZE).build().drift())
        .isEqualTo(new DriftDef(Policy.DISCARD, Optional.empty(), Policy.DISCARD, Policy.FREEZE));
    assertThat(source().build().drift()).isEqualTo(DriftDef.STANDARD);
  }

  @Test
  void aModelHasNone() {
    refused(
        TableDef.named("core.t").sql("select 1 id").column("id", "int"), "only a source has it");
  }

  @Test
  void filesWithoutAHeaderHaveNone() {
    refused(
        TableDef.named("raw.t").fromCsv("a.csv", csv -> csv.withoutHeader()).column("id", "int"),
        "without a header nothing names the columns of the files");
  }

  @Test
  void aTableThatMayNotChangeDoesNotEvolve() {
    refused(source().onSchemaChange(OnSchemaChange.FAIL), "the table may get no other columns");
  }

  @Test
  void aServedTableIsNotWidened() {
    refused(source().serve("mart.t"), "the served column has the declared type");
    source().serve("mart.t").newColumns(Policy.EVOLVE).build();
  }

  @Test
  void aTableThatKeepsValuesOutTakesNoColumnsThatNobodyDeclared() {
    refused(
        source().column("mail", "string", c -> c.pii(Pii.MASK)),
        "the table keeps personal values out");
    source()
        .column("mail", "string", c -> c.pii(Pii.MASK))
        .widenedTypes(Policy.EVOLVE)
        .newColumns(Policy.FREEZE)
        .build();
    source().column("mail", "string", c -> c.pii(Pii.TRUE)).newColumns(Policy.EVOLVE).build();
  }

  @Test
  void onlyEvolvingIsPartOfWhatATableIsMadeOf() {
    String plain = DefinitionHash.of(source().build());
    assertThat(DefinitionHash.of(source().drift(Policy.FREEZE).build())).isEqualTo(plain);
    assertThat(DefinitionHash.of(source().missingColumns(Policy.EVOLVE).build())).isEqualTo(plain);
    assertThat(DefinitionHash.of(source().reorderedColumns(Policy.EVOLVE).build()))
        .isEqualTo(plain);
    assertThat(DefinitionHash.of(source().newColumns(Policy.EVOLVE).build()))
        .isNotEqualTo(plain)
        .isNotEqualTo(DefinitionHash.of(source().widenedTypes(Policy.EVOLVE).build()));
  }

  private static TableBuilder source() {
    return TableDef.named("raw.t").fromCsv("a.csv").column("id", "int");
  }

  private static void refused(TableBuilder table, String why) {
    assertThatThrownBy(() -> table.drift(Policy.EVOLVE).build())
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTRADICTION))
        .hasMessageContaining(why);
  }
}
