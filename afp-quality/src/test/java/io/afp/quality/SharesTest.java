package io.afp.quality;

import static io.afp.core.definition.CheckBuilder.between;
import static io.afp.core.definition.CheckBuilder.from;
import static io.afp.core.definition.CheckBuilder.references;
import static io.afp.quality.QualityFixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Verdict;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharesTest {

  private QualityFixture quality;

  @BeforeAll
  void open(TestLake lake) {
    quality = new QualityFixture(lake);
    quality.session().sql("create table core.plane as select * from values ('A'), ('B') t(tail)");
  }

  @Test
  void aShareIsReachedExactlyAtItsBoundary() {
    TableDef table = table(t -> t.column("id", "long", c -> c.check(from("1").atLeast("99.9%"))));
    assertThat(summary(table, "select id from range(1000)")).isEqualTo("PASSED 1/1000");
    assertThat(summary(table, "select greatest(id, 1) - if(id < 2, 1, 0) id from range(1000)"))
        .as("998 of 1000")
        .isEqualTo("FAILED 2/1000");
    assertThat(summary(table, "select id from range(999)"))
        .as("998 of 999")
        .isEqualTo("FAILED 1/999");
  }

  @Test
  void aShareOfReferencesIsReachedExactlyAtItsBoundary() {
    TableDef table =
        table(
            t ->
                t.column(
                    "tail",
                    "string",
                    c -> c.check(references("core.plane.tail").atLeast("66.666666666%"))));
    assertThat(summary(table, "select * from values ('A'), ('B'), ('X') t(tail)"))
        .isEqualTo("PASSED 1/3");
  }

  @Test
  void aWarningIsNoFailure() {
    TableDef table =
        table(
            t ->
                t.column("id", "int", c -> c.check(between("1", "3").warn()))
                    .column("tail", "string", c -> c.check(references("core.plane.tail").warn())));
    quality.anew().write(table, "select 9 id, 'X' tail");
    assertThat(quality.judge(table))
        .extracting(Verdict::status)
        .containsOnly(Verdict.Status.WARNED);
  }

  private String summary(TableDef table, String query) {
    Verdict verdict = quality.verdict(table, query);
    return "%s %d/%d".formatted(verdict.status(), verdict.rowsFailed(), verdict.rowsJudged());
  }
}
