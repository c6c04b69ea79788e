package io.afp.serving;

import static io.afp.serving.ServingFixture.flights;
import static io.afp.serving.ServingFixture.rows;
import static io.afp.serving.ServingFixture.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.ServeBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpsertTest {

  private final ServingFixture serving = new ServingFixture();
  private final TableDef table = upserted();

  private static TableDef upserted() {
    return table(
        t -> t.column("id", "int").column("name", "string").key("id"), ServeBuilder::upsert);
  }

  @AfterEach
  void close() {
    serving.close();
  }

  @Test
  void onlyRowsThatDifferAreWritten() {
    serving.serve(table, flights(1000, "a"), 1);
    List<String> before = versions("id not in (7, 8)");
    serving.serve(
        table,
        rows(
            """
            select cast(id as int) id, case id when 7 then 'b' when 8 then null else 'a' end name
              from range(0, 1002, 1, 3) where id <> 9
            """),
        2);

    assertThat(
            serving.query(
                "select id || coalesce(name, '-') from mart.flight where id in (7, 8, 9)"))
        .containsExactlyInAnyOrder("7b", "8-");
    assertThat(serving.query("select count(*) from mart.flight")).containsExactly("1001");
    assertThat(versions("id not in (7, 8) and id < 1000"))
        .as("the same row versions, so not even a lock was written to them")
        .isEqualTo(before.stream().filter(row -> !row.startsWith("9:")).toList());
    assertThat(serving.dataTables()).as("nothing is left of the loads").isEmpty();
    assertThat(serving.query("select name from afp_serving.data_table")).isEmpty();
  }

  private List<String> versions(String where) {
    return serving.query(
        "select id || ':' || xmin || ' ' || xmax || ' ' || ctid from mart.flight where %s order by id"
            .formatted(where));
  }

  @Test
  void afterAnyChangesTheServedRowsAreThoseOfTheTable() {
    Random random = new Random(20130101);
    for (int release = 1; release <= 8; release++) {
      TreeMap<Integer, String> expected = new TreeMap<>();
      for (int i = 0; i < 40; i++) {
        expected.put(random.nextInt(60), random.nextInt(4) == 0 ? null : "n" + random.nextInt(3));
      }
      serving.serve(table, rows(values(expected)), release);
      List<String> served =
          serving.query("select id || '=' || coalesce(name, 'null') from mart.flight order by id");
      List<String> wanted = new ArrayList<>();
      expected.forEach((id, name) -> wanted.add(id + "=" + name));
      assertThat(served).as("release %d", release).isEqualTo(wanted);
    }
  }

  private static String values(TreeMap<Integer, String> rows) {
    List<String> values = new ArrayList<>();
    rows.forEach(
        (id, name) -> values.add("(%d, %s)".formatted(id, name == null ? null : "'" + name + "'")));
    return "select id, cast(name as string) name from values %s as t(id, name)"
        .formatted(String.join(", ", values));
  }

  @Test
  void aTableOfKeysOnlyIsServedToo() {
    TableDef keys = table(t -> t.column("id", "int").key("id"), ServeBuilder::upsert);
    serving.serve(keys, rows("select 1 id union all select 2"), 1);
    serving.serve(keys, rows("select 2 id union all select 3"), 2);

    assertThat(serving.query("select id from mart.flight order by id")).containsExactly("2", "3");
  }

  @Test
  void anEmptyTableIsServedEmpty() {
    serving.serve(table, flights(10, "a"), 1);
    serving.serve(table, flights(10, "b").filter("false"), 2);

    assertThat(serving.query("select count(*) from mart.flight")).containsExactly("0");
  }

  @Test
  void otherColumnsMakeTheTableAnewAndRightsStay() {
    serving.serve(table, flights(10, "a"), 1);
    serving.execute("grant select on mart.flight to public");
    TableDef wider =
        table(
            t -> t.column("id", "int").column("name", "string").column("fare", "int").key("id"),
            s -> s.upsert().index("name"));
    serving.serve(wider, rows("select 1 id, 'b' name, 5 fare"), 2);

    assertThat(serving.query("select id || name || fare from mart.flight")).containsExactly("1b5");
    assertThat(serving.query("select count(*) from pg_indexes where tablename = 'flight'"))
        .as("the key and the index")
        .containsExactly("2");
    assertThat(serving.query("select has_table_privilege('public', 'mart.flight', 'select')::text"))
        .containsExactly("true");
  }

  @Test
  void viewsOnTheServedTableStayWhileItsColumnsDo() {
    serving.serve(table, flights(10, "a"), 1);
    serving.execute("create view mart.named as select distinct name from mart.flight");
    serving.serve(table, flights(10, "b"), 2);

    assertThat(serving.query("select name from mart.named")).containsExactly("b");
  }

  @Test
  void theModeMayChangeBothWays() {
    serving.serve(flights(), flights(10, "a"), 1);
    serving.serve(table, flights(20, "b"), 1);
    assertThat(serving.served()).isEqualTo("20 b");
    assertThat(serving.dataTables()).isEmpty();

    serving.serve(flights(), flights(30, "c"), 1);
    assertThat(serving.served()).isEqualTo("30 c");
    assertThat(serving.dataTables()).hasSize(1);
  }

  @Test
  void whatSomebodyElseMadeIsLeftAlone() {
    serving.execute("create schema mart", "create table mart.flight as select 'mine' as name");

    assertThatThrownBy(() -> serving.serve(table, flights(20, "b"), 1))
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVING_BLOCKED))
        .hasMessageContaining("AFP did not make it");
    assertThat(serving.served()).isEqualTo("1 mine");
  }

  @Test
  void aKeyWithoutAValueChangesNothing() {
    serving.serve(table, flights(10, "a"), 1);

    assertThatThrownBy(() -> serving.serve(table, rows("select cast(null as int) id, 'b' name"), 2))
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VALUE_NOT_SERVABLE));
    assertThat(serving.served()).isEqualTo("10 a");
  }

  @Test
  void anOlderReleaseThanTheServedOneChangesNothing() {
    serving.serve(table, flights(10, "b"), 2);
    serving.serve(table, flights(99, "a"), 1);

    assertThat(serving.served()).isEqualTo("10 b");
  }
}
