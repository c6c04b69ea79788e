package io.afp.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.ModelDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlQueryTest {

  private static final Set<TableName> KNOWN =
      Stream.of("core.a", "core.b", "core.c", "core.plane_type", "lake.a")
          .map(TableName::parse)
          .collect(Collectors.toSet());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from core.a join core.b using (id)",
        "select * from core.a union all select * from core.b",
        "select * from core.a where exists (select 1 from core.b where b.id = a.id)",
        "select * from core.a where id in (select id from core.b)",
        "select id, (select max(id) from core.b) as newest from core.a",
        "select * from core.a, lateral (select * from core.b where b.id = a.id)",
        "select * from (select * from (select * from core.a) x) y, core.b",
        "select * from core.a where id > (select min(id) from (select * from core.b) z)",
        "select count(*) from core.a group by id having count(*) > (select 1 from core.b)",
        "select case when id in (select id from core.b) then 1 end from core.a",
        "select * from core.a order by (select max(id) from core.b)",
        "from core.a join core.b select *",
        "select * from core.a version as of 5, core.b timestamp as of '2024-01-01'",
        "select * from core.a tablesample (5 percent) x, core.b",
        "select * from core.a pivot (sum(n) for k in ('x')), core.b",
        "select * from lake.core.a, `core`.`b`, `lake`.core.`b`",
        "table core.a union table core.b",
        "select * from core.a -- core.c\n, core.b /* core.c */",
        "select * from core.a, core.b, range(10), explode(array(1)), values (1), (2);",
        "select 'select * from core.c' from core.a, core.b",
        "with x as (select * from core.a) select * from x, core.b",
        "with x as (select * from core.a), y as (select * from x) select * from y, core.b",
        "with X as (select * from core.a) select * from x, core.b",
        "with x (i) as (select id from core.a) select i from x where i in (select id from core.b)",
        "with x as (with y as (select * from core.a) select * from y) select * from x, core.b",
        "with x as (select * from core.b) select * from core.a where id in (select id from x)",
        "select * from (with y as (select * from core.a) select * from y), core.b",
        "with b as (select * from core.b) select * from b, core.a",
      })
  void everyTableIsFoundWhereverItIsRead(String sql) {
    assertThat(tables(sql)).as(sql).isEqualTo("core.a core.b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"select 1 as a", "values (1, 'a')", "select * from range(10)"})
  void aQueryMayReadNoTable(String sql) {
    assertThat(tables(sql)).isEmpty();
  }

  @Test
  void aNameOfTwoPartsIsATableAlsoInANamespaceThatIsCalledAsTheCatalog() {
    assertThat(tables("select * from lake.a")).isEqualTo("lake.a");
    assertThat(tables("select * from lake.lake.a")).isEqualTo("lake.a");
  }

  @Test
  void anInnerNameHidesTheOuterOneOnlyInside() {
    assertThat(
            tables(
                """
                with x as (select * from core.a)
                select * from (with x as (select * from core.b) select * from x) s, x
                """))
        .isEqualTo("core.a core.b");
  }

  @Test
  void aCommonTableExpressionIsUnknownBeforeItAndOutsideOfItsQuery() {
    assertThatThrownBy(() -> tables("with y as (select * from x), x as (select 1) select * from y"))
        .as("x comes after y")
        .hasMessageContaining("Cannot find table x");
    assertThatThrownBy(
            () -> tables("select * from (with x as (select 1) select * from x) s join x"))
        .as("x belongs to the subquery")
        .hasMessageContaining("Cannot find table x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into core.a select * from core.b",
        "with x as (select * from core.b) insert into core.a select * from x",
        "from core.b insert into core.a select * insert into core.c select *",
        "create table core.d as select * from core.a",
        "create or replace table core.d (id int)",
        "create view core.v as select * from core.a",
        "create temporary view v as select * from core.a",
        "drop table core.a",
        "delete from core.a",
        "update core.a set id = 1",
        "merge into core.a using core.b on a.id = b.id when matched then delete",
        "truncate table core.a",
        "cache table core.a",
        "set spark.sql.ansi.enabled=true",
        "use core",
        "show tables",
        "describe core.a",
        "explain select * from core.a",
        "call lake.system.expire_snapshots('core.a')",
        "alter table core.a add column x int",
      })
  void whatIsNoQueryIsRefused(String sql) {
    assertThatThrownBy(() -> tables(sql))
        .as(sql)
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SQL_SYNTAX));
  }

  @Test
  void aTableBehindAnExpressionIsRefusedBecauseItCannotBeOrderedBefore() {
    assertThatThrownBy(() -> tables("select * from identifier('core.' || 'a')"))
        .isInstanceOf(AfpException.class)
        .hasMessageContaining("AFP-TRF-001")
        .hasMessageContaining("IDENTIFIER");
  }

  @Test
  void aSyntaxErrorNamesItsLine() {
    assertThatThrownBy(() -> tables("select a,\n  b\nfrm core.a where\n"))
        .isInstanceOfSatisfying(
            AfpException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SQL_SYNTAX);
              assertThat(e.problems().get(0).location()).hasToString("m.sql:3");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "-- nothing\n", "select 1; select 2"})
  void thereIsExactlyOneQuery(String sql) {
    assertThatThrownBy(() -> tables(sql))
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SQL_SYNTAX));
  }

  @Test
  void anUnknownTableIsReportedWithItsLineAndTheNearestNameEachOnce() {
    assertThatThrownBy(
            () -> tables("select *\nfrom core.plane_typ p\njoin `core.a` a on true\njoin flight"))
        .isInstanceOfSatisfying(
            AfpException.class,
            e -> {
              assertThat(e.problems())
                  .extracting(p -> p.location().line())
                  .containsExactly(2, 3, 4);
              assertThat(e.problems()).allMatch(p -> p.code() == ErrorCode.UNKNOWN_TABLE);
              assertThat(e.problems().get(0).message())
                  .isEqualTo("Cannot find table core.plane_typ, which the query of m.sql reads");
              assertThat(e.problems().get(0).fix()).contains("the nearest is core.plane_type.");
            });
  }

  @Test
  void namesOfTablesAreTakenLiterally() {
    assertThatThrownBy(() -> tables("select * from CORE.A"))
        .as("the catalog tells upper from lower case")
        .hasMessageContaining("Cannot find table CORE.A");
  }

  private static String tables(String sql) {
    ModelDef.Query model = new ModelDef.Query("m.sql", sql);
    Set<TableName> tables = SqlQuery.parse(model).tables(model, KNOWN);
    return new TreeSet<>(tables).stream().map(TableName::toString).collect(Collectors.joining(" "));
  }
}
