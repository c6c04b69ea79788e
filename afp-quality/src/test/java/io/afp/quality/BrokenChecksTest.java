package io.afp.quality;

import static io.afp.core.definition.CheckBuilder.between;
import static io.afp.core.definition.CheckBuilder.fresh;
import static io.afp.core.definition.CheckBuilder.in;
import static io.afp.core.definition.CheckBuilder.key;
import static io.afp.core.definition.CheckBuilder.references;
import static io.afp.core.definition.CheckBuilder.required;
import static io.afp.core.definition.CheckBuilder.rowsFrom;
import static io.afp.core.definition.CheckBuilder.sql;
import static io.afp.quality.QualityFixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.CheckBuilder;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Verdict;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A check that can't be evaluated is broken: it neither breaks the write nor passes. */
@ExtendWith(LakeExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenChecksTest {

  private QualityFixture quality;

  @BeforeAll
  void open(TestLake lake) {
    quality = new QualityFixture(lake);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nowhere > 1",
        "id >",
        "id",
        "name",
        "sum(id) > 1",
        "row_number() over (order by id) = 1",
        "no_such_function(id)",
        "id in (select 1)",
        "id = (select 1)",
        "exists (select 1)",
        "id > 0; drop table core.t",
      })
  void aPredicateThatIsNoneOfARow(String predicate) {
    assertBroken(table(t -> idAndName().apply(t).check(sql(predicate).named("own"))), "own");
  }

  @Test
  void aPredicateMayEndWithAComment() {
    TableDef table = table(t -> t.column("id", "int").check(sql("id > 0 -- of course")));
    assertThat(quality.verdict(table, "select 1 id").status()).isEqualTo(Verdict.Status.PASSED);
    assertThat(quality.verdict(table, "select 0 id").samples()).hasToString("[id=0]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nowhere > 1",
        "id >",
        "id",
        "name",
        "sum(id) > 1",
        "id in (select 1)",
        "1) OR (1=1"
      })
  void aConditionThatIsNoneOfARow(String where) {
    quality.session().sql("create table if not exists core.ids as select 1 id");
    for (CheckBuilder check : List.of(in("1"), required(), references("core.ids.id"))) {
      CheckBuilder own = check.named("own").where(where);
      assertBroken(
          table(t -> t.column("id", "int", c -> c.check(own)).column("name", "string")), "own");
    }
    for (CheckBuilder check : List.of(rowsFrom(1), key("id"), sql("id > 0"))) {
      CheckBuilder own = check.named("own").where(where);
      assertBroken(table(t -> idAndName().apply(t).check(own)), "own");
    }
    TableDef days = table(t -> t.column("day", "date", c -> c.check(fresh("P1D").where(where))));
    assertThat(quality.verdict(days, "select date'2024-01-01' day").status())
        .isEqualTo(Verdict.Status.BROKEN);
  }

  @Test
  void aReferenceToATableThatIsNotThere() {
    TableDef table = table(t -> t.column("id", "int", c -> c.check(references("core.gone.id"))));
    assertBroken(table, "core.t.id.references");
  }

  @Test
  void aReferenceToAColumnThatIsNotThereOrOfAnotherType() {
    quality.session().sql("create table core.names as select 'a' name");
    TableDef unknown = table(t -> t.column("id", "int", c -> c.check(references("core.names.id"))));
    assertBroken(unknown, "core.t.id.references");
    TableDef text = table(t -> t.column("id", "int", c -> c.check(references("core.names.name"))));
    assertBroken(text, "core.t.id.references");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nowhere > 1",
        "id >",
        "id",
        "name",
        "sum(id) > 1",
        "row_number() over (order by id) = 1",
        "id in (select 1)",
        "1=1) OR (1=1",
      })
  void oneBrokenCheckLeavesTheOthersMeasuredInTheWrite(String broken) {
    TableDef table =
        table(
            t ->
                t.column(
                        "id",
                        "int",
                        c ->
                            c.check(between("0", "5")).check(in("1").where(broken).named("broken")))
                    .column("name", "string")
                    .check(sql("id < 9").named("own")));
    quality.anew().write(table, "select 1 id, 'a' name");
    assertThat(told(table))
        .containsExactly(
            "core.t.id.between PASSED write", "broken BROKEN none", "own PASSED write");
  }

  private static final AtomicBoolean failing = new AtomicBoolean();

  @Test
  void oneThatFailsInTheWriteIsAskedAgainByAScan() {
    UDF1<Integer, Boolean> moody =
        id -> {
          if (failing.get()) {
            throw new IllegalStateException("not now");
          }
          return id > 0;
        };
    quality.session().udf().register("moody", moody, DataTypes.BooleanType);
    TableDef table =
        table(
            t ->
                t.column("id", "int", c -> c.check(between("0", "5")))
                    .check(sql("moody(id)").named("own")));
    failing.set(true);
    quality.anew().write(table, "select 1 id");
    failing.set(false);
    assertThat(told(table)).containsExactly("core.t.id.between PASSED write", "own PASSED scan");
    failing.set(true);
    assertThat(told(table)).containsExactly("core.t.id.between PASSED write", "own BROKEN none");
  }

  private List<String> told(TableDef table) {
    return quality.judge(table).stream()
        .map(v -> v.check().name() + " " + v.status() + " " + v.origin())
        .toList();
  }

  private static UnaryOperator<TableBuilder> idAndName() {
    return t -> t.column("id", "int").column("name", "string");
  }

  private void assertBroken(TableDef table, String check) {
    String name = table.column("name").isPresent() ? ", 'a' name" : "";
    Verdict verdict = quality.verdict(table, "select 1 id" + name);
    assertThat(verdict.check().name()).isEqualTo(check);
    assertThat(verdict.status()).as(verdict.message()).isEqualTo(Verdict.Status.BROKEN);
    assertThat(verdict.message()).startsWith("it can't be evaluated: ").hasSizeGreaterThan(30);
    assertThat(quality.session().table("core.t").count()).as("the rows are written").isEqualTo(1);
  }
}
