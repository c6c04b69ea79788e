package io.afp.serving;

import static io.afp.serving.ServingFixture.rows;
import static io.afp.serving.ServingFixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableDef;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServedTableTest {

  private final ServingFixture serving = new ServingFixture();

  @AfterEach
  void close() {
    serving.close();
  }

  @Test
  void hasTheTypesTheKeyAndTheIndexesThatAreDeclared() {
    TableDef table =
        table(
            t ->
                t.column("flag", "boolean")
                    .column("id", "int")
                    .column("number", "long")
                    .column("ratio", "float")
                    .column("share", "double")
                    .column("price", "decimal(12,3)")
                    .column("name", "string")
                    .column("day", "date")
                    .column("at", "timestamp")
                    .column("local", "timestamp_ntz")
                    .column("bytes", "binary")
                    .key("day", "id"),
            serve -> serve.index("name").index("at", "number"));
    serving.serve(
        table,
        rows(
            """
            select true flag, 1 id, 2L number, 0.5F ratio, 0.25D share, cast(1.125 as decimal(12,3)) price,
              'x\\ty' name, date'2024-02-29' day, timestamp'2024-02-29 12:30:00.123456 Europe/Berlin' at,
              timestamp_ntz'2024-02-29 12:30:00' local, X'00ff' bytes
            """),
        1);

    assertThat(
            serving.query(
                """
                select column_name || ' ' || data_type || coalesce('(' || numeric_scale || ')', '')
                  from information_schema.columns where table_schema = 'mart' order by ordinal_position
                """))
        .containsExactly(
            "flag boolean",
            "id integer(0)",
            "number bigint(0)",
            "ratio real",
            "share double precision",
            "price numeric(3)",
            "name text",
            "day date",
            "at timestamp with time zone",
            "local timestamp without time zone",
            "bytes bytea");
    assertThat(serving.query("select row(f.*, at at time zone 'UTC')::text from mart.flight f"))
        .singleElement()
        .asString()
        .contains("(t,1,2,0.5,0.25,1.125,\"x\ty\",2024-02-29,")
        .endsWith("\"2024-02-29 11:30:00.123456\")");
    assertThat(
            serving.query(
                "select regexp_replace(indexdef, '.* USING', '') from pg_indexes where tablename like 'mart%' order by 1"))
        .containsExactly(" btree (at, number)", " btree (day, id)", " btree (name)");
    assertThat(
            serving.query(
                "select count(*) from pg_constraint where contype = 'p' and conrelid::regclass::text like '%mart%'"))
        .as("the key is a primary key")
        .containsExactly("1");
  }

  @Test
  void hasTheCommentsThatAreDeclaredAndNoOthers() {
    TableDef described =
        table(
            t ->
                t.description("Flights; it's \"all\" \\ of them")
                    .column("id", "int", c -> c.description("Zähler")),
            s -> s);
    serving.serve(described, rows("select 1 id"), 1);
    assertThat(comments()).containsExactly("Flights; it's \"all\" \\ of them", "Zähler");

    serving.serve(table(t -> t.column("id", "int"), s -> s), rows("select 1 id"), 2);
    assertThat(comments()).as("a description that was taken out").containsOnlyNulls();
  }

  @Test
  void letsTheRolesReadThatAreDeclared() {
    String role = "reader_%d".formatted(hashCode());
    serving.execute("create role " + role);
    serving.serve(table(t -> t.column("id", "int"), s -> s.grant(role)), rows("select 1 id"), 1);
    serving.execute("set role " + role);
    assertThat(serving.query("select id from mart.flight")).containsExactly("1");
    serving.execute("reset role", "drop owned by " + role, "drop role " + role);
  }

  private List<String> comments() {
    return serving.query(
        """
        select obj_description('mart.flight'::regclass) union all select col_description('mart.flight'::regclass, 1)
        """);
  }
}
