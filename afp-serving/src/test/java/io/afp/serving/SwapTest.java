package io.afp.serving;

import static io.afp.serving.ServingFixture.flights;
import static io.afp.serving.ServingFixture.rows;
import static io.afp.serving.ServingFixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableDef;
import io.afp.core.spi.TableServer.Served;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SwapTest {

  private final ServingFixture serving = new ServingFixture();

  @AfterEach
  void close() {
    serving.close();
  }

  @Test
  void theFirstLoadMakesAllThatIsNeeded() {
    Served served = serving.serve(flights(), flights(1000, "a"), 1);

    assertThat(serving.served()).isEqualTo("1000 a");
    assertThat(served.rows()).isEqualTo(1000);
    assertThat(served.bytes())
        .as("each row has an id, a tab, the name and a line end")
        .isEqualTo(5890);
    assertThat(
            serving.query("select target || ' ' || release || ' ' || rows from afp_serving.load"))
        .as("the release is recorded where the rows are")
        .containsExactly("mart.flight 1 1000");
  }

  @Test
  void aLaterReleaseTakesThePlaceOfTheOneBeforeAndLeavesNothingOfIt() {
    serving.serve(flights(), flights(1000, "a"), 1);
    serving.serve(flights(), flights(10, "b"), 2);

    assertThat(serving.served()).isEqualTo("10 b");
    assertThat(serving.dataTables()).hasSize(1).allMatch(name -> name.contains("_r2_"));
    assertThat(serving.query("select name from afp_serving.data_table")).hasSize(1);
    assertThat(serving.query("select distinct data_table from afp_serving.part")).hasSize(1);
  }

  @Test
  void anEmptyTableIsServedEmpty() {
    serving.serve(flights(), flights(10, "a"), 1);
    Served served = serving.serve(flights(), flights(10, "b").filter("false"), 2);

    assertThat(served).isEqualTo(new Served(0, 0));
    assertThat(serving.query("select count(*) from mart.flight")).containsExactly("0");
  }

  @Test
  void servingAReleaseAgainChangesNothing() {
    Served first = serving.serve(flights(), flights(10, "a"), 1);
    Served again = serving.serve(flights(), flights(99, "other"), 1);

    assertThat(again).isEqualTo(first);
    assertThat(serving.served()).isEqualTo("10 a");
  }

  @Test
  void anOlderReleaseThanTheServedOneChangesNothing() {
    serving.serve(flights(), flights(10, "b"), 2);
    serving.serve(flights(), flights(99, "a"), 1);

    assertThat(serving.served()).isEqualTo("10 b");
    assertThat(serving.dataTables()).hasSize(1);
  }

  @Test
  void anotherDeclarationIsServedAlthoughTheReleaseIsTheSame() {
    serving.serve(flights(), flights(10, "a"), 1);
    serving.serve(flights(serve -> serve.index("name")), flights(10, "a"), 1);

    assertThat(
            serving.query(
                "select indexdef from pg_indexes where schemaname = 'afp_serving' and tablename like 'mart%'"))
        .as("the new index is there")
        .hasSize(1);
  }

  @Test
  void readersSeeTheOldRowsOrTheNewOnesAndNeverAPart() throws Exception {
    serving.serve(flights(), flights(1000, "v0"), 1);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<Set<String>> seen = reader.submit(() -> readUntil(done));
      for (int release = 2; release <= 6; release++) {
        serving.serve(flights(), flights(1000 * release, "v" + release), release);
      }
      done.set(true);
      assertThat(seen.get())
          .as("whole releases only")
          .isSubsetOf("1000 v0", "2000 v2", "3000 v3", "4000 v4", "5000 v5", "6000 v6")
          .contains("6000 v6")
          .hasSizeGreaterThan(2);
    } finally {
      reader.shutdownNow();
    }
  }

  private Set<String> readUntil(AtomicBoolean done) throws Exception {
    Set<String> seen = new ConcurrentSkipListSet<>();
    try (Connection connection = DriverManager.getConnection(serving.account().uri());
        var query =
            connection.prepareStatement(
                "select count(*) || ' ' || string_agg(distinct name, ',') from mart.flight")) {
      boolean last = false;
      for (int i = 0; i < 1_000_000 && !last; i++) {
        last = done.get();
        try (var rows = query.executeQuery()) {
          rows.next();
          seen.add(rows.getString(1));
        }
      }
    }
    return seen;
  }

  @Test
  void viewsAndRightsOnTheServedTableSurvive() {
    serving.serve(flights(), flights(10, "a"), 1);
    serving.execute(
        "create role auditor_%d".formatted(hashCode()),
        "grant select on mart.flight to auditor_%d".formatted(hashCode()),
        "create view mart.named as select name from mart.flight");
    serving.serve(flights(), flights(20, "b"), 2);

    assertThat(serving.query("select distinct name from mart.named")).containsExactly("b");
    assertThat(mayRead("auditor_%d".formatted(hashCode()))).isTrue();
    serving.execute("drop owned by auditor_%1$d; drop role auditor_%1$d".formatted(hashCode()));
  }

  @Test
  void columnsMayChangeAndRightsStillSurvive() {
    serving.serve(flights(), flights(10, "a"), 1);
    serving.execute(
        "create role auditor_%d".formatted(hashCode()),
        "grant select, references on mart.flight to auditor_%d with grant option"
            .formatted(hashCode()),
        "grant select on mart.flight to public");
    TableDef changed =
        table(t -> t.column("name", "string").column("price", "decimal(10,2)"), s -> s);
    serving.serve(changed, rows("select 'b' name, 1.50 price"), 2);

    assertThat(serving.query("select name || price from mart.flight")).containsExactly("b1.50");
    assertThat(
            serving.query(
                "select unnest(relacl)::text from pg_class where oid = 'mart.flight'::regclass"))
        .as("the rights that were given by hand")
        .anyMatch(acl -> acl.startsWith("auditor_%d=r*x*/".formatted(hashCode())))
        .anyMatch(acl -> acl.startsWith("=r/"));
    serving.execute("drop owned by auditor_%1$d; drop role auditor_%1$d".formatted(hashCode()));
  }

  @Test
  void aColumnMoreLeavesViewsOnTheServedTableAlone() {
    serving.serve(flights(), flights(10, "a"), 1);
    serving.execute("create view mart.named as select name from mart.flight");
    TableDef more =
        table(
            t -> t.column("id", "int").column("name", "string").column("at", "timestamp"), s -> s);
    serving.serve(more, rows("select 1 id, 'b' name, timestamp'2024-01-01 00:00:00' at"), 2);

    assertThat(serving.query("select name from mart.named")).containsExactly("b");
  }

  private boolean mayRead(String role) {
    return serving
        .query("select has_table_privilege('%s', 'mart.flight', 'select')".formatted(role))
        .contains("t");
  }
}
