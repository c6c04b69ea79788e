package io.afp.serving;

import static io.afp.serving.ServingFixture.flights;
import static io.afp.serving.ServingFixture.rows;
import static io.afp.serving.ServingFixture.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.Database.Account;
import io.afp.core.settings.Secret;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong, what was served before is served on, and the failure says what to do. */
class SwapFailuresTest {

  private final ServingFixture serving = new ServingFixture();

  @AfterEach
  void close() {
    serving.close();
  }

  @Test
  void aRoleThatIsMissing() {
    serving.serve(flights(), flights(10, "a"), 1);
    assertFails(
        flights(serve -> serve.grant("nobody_is_called_so")),
        flights(20, "b"),
        ErrorCode.SERVING_BLOCKED,
        "role \"nobody_is_called_so\" does not exist",
        "Create the role, or take it out of serve.grants.");
    assertThat(serving.served()).isEqualTo("10 a");
  }

  @Test
  void aTableThatHasTheNameOfTheTarget() {
    serving.execute("create schema mart", "create table mart.flight as select 'mine' as name");
    assertFails(
        flights(),
        flights(20, "b"),
        ErrorCode.SERVING_BLOCKED,
        "AFP did not make it",
        "Rename or drop");
    assertThat(serving.served()).as("the table of somebody else is left alone").isEqualTo("1 mine");
  }

  @Test
  void aViewThatNeedsAColumnWhichIsGone() {
    serving.serve(flights(), flights(10, "a"), 1);
    serving.execute("create view mart.ids as select id from mart.flight");
    TableDef without = table(t -> t.column("name", "string"), s -> s);
    assertFails(
        without, rows("select 'b' name"), ErrorCode.SERVING_BLOCKED, "depend", "Drop the views");
    assertThat(serving.query("select count(*) from mart.ids")).containsExactly("10");
  }

  @Test
  void aValueThatPostgresCannotStore() {
    serving.serve(flights(), flights(10, "a"), 1);
    assertFails(
        flights(),
        rows("select 1 id, 'a' || char(0) || 'b' name"),
        ErrorCode.VALUE_NOT_SERVABLE,
        "column name has the character U+0000",
        "Clean the value");
    assertThat(serving.served()).isEqualTo("10 a");
  }

  @Test
  void aDateBeforeTheFirstOneOfPostgres() {
    TableDef days = table(t -> t.column("day", "date"), s -> s);
    assertFails(
        days,
        rows("select date'-9999-01-01' day"),
        ErrorCode.VALUE_NOT_SERVABLE,
        "out of range",
        "Clean the value");
  }

  @Test
  void aKeyThatIsThereTwice() {
    TableDef keyed = table(t -> t.column("id", "int").column("name", "string").key("id"), s -> s);
    serving.serve(keyed, flights(10, "a"), 1);
    assertFails(
        keyed,
        flights(10, "b").union(flights(1, "c")),
        ErrorCode.VALUE_NOT_SERVABLE,
        "could not create unique index",
        "key [id]");
    assertFails(
        keyed,
        rows("select cast(null as int) id, 'b' name"),
        ErrorCode.VALUE_NOT_SERVABLE,
        "null values",
        "key [id]");
    assertThat(serving.served()).isEqualTo("10 a");
  }

  @Test
  void aPasswordThatIsWrong() {
    String role = "served_%d".formatted(hashCode());
    serving.execute("create role %s login password 'right'".formatted(role));
    // the embedded server trusts everybody, so a role that may not log in stands for a wrong
    // password
    serving.execute("alter role %s nologin".formatted(role));
    assertThatThrownBy(() -> ServingFixture.serve(flights(), flights(1, "a"), 1, as(role, "wrong")))
        .isInstanceOfSatisfying(
            AfpException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SERVING_DENIED);
              assertThat(e.getMessage()).doesNotContain("wrong");
            });
    serving.execute("drop role " + role);
  }

  @Test
  void anAccountThatMayNotCreateSchemas() {
    String role = "served_%d".formatted(hashCode());
    serving.execute("create role %s login".formatted(role));
    assertThatThrownBy(() -> ServingFixture.serve(flights(), flights(1, "a"), 1, as(role, "")))
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVING_DENIED));

    serving.execute(
        "create schema afp_serving authorization " + role,
        "create schema mart authorization " + role);
    ServingFixture.serve(flights(), flights(1, "a"), 1, as(role, ""));
    assertThat(serving.served())
        .as("schemas that are there need no right to create")
        .isEqualTo("1 a");
    serving.execute("drop owned by " + role, "drop role " + role);
  }

  @Test
  void aServerThatIsDown() {
    Account nowhere =
        new Account(
            "jdbc:postgresql://127.0.0.1:1/x?password=s3cret", Optional.of("u"), Optional.empty());
    assertThatThrownBy(() -> ServingFixture.serve(flights(), flights(1, "a"), 1, nowhere))
        .isInstanceOfSatisfying(
            AfpException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SERVING_UNREACHABLE);
              assertThat(e.getMessage()).doesNotContain("s3cret");
            });
  }

  @Test
  void aDatabaseThatDoesNotExist() {
    String uri = serving.account().uri().replaceFirst("/afp_test[^?]*", "/nowhere_at_all");
    Account account = new Account(uri, Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> ServingFixture.serve(flights(), flights(1, "a"), 1, account))
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVING_BLOCKED));
  }

  private Account as(String role, String password) {
    String uri = serving.account().uri().replaceFirst("([?&])user=[^&]*", "$1");
    return new Account(uri, Optional.of(role), Optional.of(Secret.of(password)));
  }

  private void assertFails(
      TableDef table, Dataset<Row> rows, ErrorCode code, String reason, String fix) {
    assertThatThrownBy(() -> serving.serve(table, rows, 2))
        .isInstanceOfSatisfying(
            AfpException.class,
            e -> {
              assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
              assertThat(e.getMessage())
                  .contains("Cannot serve table core.flight as mart.flight: ")
                  .contains(reason);
              assertThat(e.problems().get(0).fix()).contains(fix);
            });
  }
}
