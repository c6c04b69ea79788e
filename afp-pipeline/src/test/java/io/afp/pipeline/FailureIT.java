package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.Database;
import io.afp.core.ledger.Database.Account;
import io.afp.core.testing.Halt;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Something fails in the middle: one clear error, main untouched, and the next run recovers. */
final class FailureIT {

  private static final int UNAVAILABLE = 69;
  private static final String[] RUN = {"--interval", "2024-01..2024-02"};

  @TempDir Path folder;

  @Test
  void aWarehouseThatCanNotBeWritten() throws Exception {
    Shop shop = Shop.in(folder);
    Files.writeString(folder.resolve("occupied"), "a file, not a folder");
    shop.write("afp.yaml", shop.settings(folder.resolve("occupied/warehouse").toUri().toString()));

    ChildDriver driver = ChildDriver.run(shop, RUN);

    assertThat(driver.exitCode()).as(driver.log()).isEqualTo(UNAVAILABLE);
    assertError(driver, "AFP-LAKE-001");
    assertThat(State.lake(shop)).as("what main shows").isEmpty();
    shop.write("afp.yaml", shop.settings(shop.warehouse().toUri().toString()));
    assertRecovers(shop);
  }

  @Test
  void aDiskThatIsFull() throws Exception {
    Shop shop = Shop.in(folder);
    shop.write("shop/data/customers.csv", customers(60_000));

    ChildDriver driver = ChildDriver.start(List.of("prlimit", "--fsize=1500000"), shop, RUN);

    assertThat(driver.exitCode()).as(driver.log()).isEqualTo(UNAVAILABLE);
    assertError(driver, "AFP-LAKE-001");
    assertThat(State.lake(shop)).as("what main shows").isEmpty();
    assertRecovers(shop);
  }

  /** Rows that do not compress, so that their file hits the limit. */
  private static String customers(int rows) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder("customer,city\nada,Bern\nbob,Rom\n");
    for (int i = 0; i < rows; i++) {
      text.append(Long.toHexString(random.nextLong())).append(Long.toHexString(random.nextLong()));
      text.append(",Bern\n");
    }
    return text.toString();
  }

  @Test
  void anInterruptLeavesNoLeaseAndNoBranch() throws Exception {
    Shop shop = Shop.in(folder);
    try (Halt halt =
        Halt.at(
            shop.account(),
            "INSERT ON afp.step",
            "NEW.phase = 'transform' AND NEW.state = 'running'")) {
      ChildDriver driver = ChildDriver.run(shop, RUN);
      halt.await(driver);
      driver.terminate();
      assertThat(driver.exitCode()).as(driver.log()).isNotZero();
    }
    assertThat(count(shop, "SELECT count(*) FROM afp.lease")).as("leases").isZero();
    assertThat(count(shop, "SELECT count(*) FROM iceberg_tables"))
        .as("rows of the catalog")
        .isZero();
    assertThat(count(shop, "SELECT count(*) FROM afp.branch WHERE state <> 'discarded'"))
        .as("branches")
        .isZero();
    assertRecovers(shop);
  }

  @Test
  void anInterruptedPlanLeavesNoBranch() throws Exception {
    Shop shop = Shop.in(folder);
    String pipeline = shop.root().resolve("shop").toString();
    String first = "NEW.catalog_name LIKE 'lake@plan%' AND NEW.table_name = 'city_sales'";
    try (Halt halt = Halt.at(shop.account(), "INSERT ON iceberg_tables", first)) {
      ChildDriver driver =
          ChildDriver.upkeep(shop, "plan", "--pipeline", pipeline, "--interval", "2024-01");
      halt.await(driver);
      driver.terminate();
      assertThat(driver.exitCode()).as(driver.log()).isNotZero();
    }
    assertThat(count(shop, "SELECT count(*) FROM afp.branch WHERE state = 'discarded'")).isOne();
    assertThat(count(shop, "SELECT count(*) FROM afp.branch")).isOne();
    assertThat(count(shop, "SELECT count(*) FROM iceberg_tables")).isZero();
  }

  @Test
  void postgresStopsInTheMiddle() throws Exception {
    Path data = folder.resolve("postgres");
    EmbeddedPostgres postgres = postgres(data, 0);
    int port = postgres.getPort();
    Shop shop = Shop.in(folder, account(port));
    shop.migrate();
    Halt halt =
        Halt.at(
            shop.account(),
            "INSERT ON afp.step",
            "NEW.phase = 'transform' AND NEW.state = 'running'");
    ChildDriver driver = ChildDriver.run(shop, RUN);
    halt.await(driver);

    postgres.close();

    assertThat(driver.exitCode()).as(driver.log()).isEqualTo(UNAVAILABLE);
    assertError(driver, "AFP-LED-001");
    EmbeddedPostgres back = postgres(data, port);
    try {
      Halt.forget(shop.account());
      assertThat(State.lake(shop)).as("what main shows").isEmpty();
      assertRecovers(shop);
    } finally {
      back.close();
    }
  }

  private static EmbeddedPostgres postgres(Path data, int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
    return (port == 0 ? builder : builder.setPort(port)).start();
  }

  private static Account account(int port) {
    return new Account(
        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port),
        Optional.of("postgres"),
        Optional.empty());
  }

  private static void assertError(ChildDriver driver, String code) {
    assertThat(
            driver
                .log()
                .lines()
                .filter(line -> line.contains("\"level\":\"ERROR\""))
                .filter(line -> line.contains("\"logger\":\"io.afp.")))
        .as("one error of the run, with its code and its correlation id")
        .singleElement()
        .matches(
            line ->
                line.contains(code) && line.matches(".*\"correlation_id\":\"[0-9a-f-]{36}\".*"));
  }

  /** One more run ends as a run does that nothing disturbed. */
  private void assertRecovers(Shop shop) throws IOException {
    ChildDriver again = ChildDriver.run(shop, RUN);
    assertThat(again.exitCode()).as(again.log()).isZero();
    Shop other = Shop.in(Files.createDirectory(folder.resolve("undisturbed")));
    for (String file : List.of("shop/data/customers.csv")) {
      other.write(file, Files.readString(shop.root().resolve(file)));
    }
    ChildDriver undisturbed = ChildDriver.run(other, RUN);
    assertThat(undisturbed.exitCode()).as(undisturbed.log()).isZero();
    assertThat(State.of(shop)).isEqualTo(State.of(other));
  }

  private static long count(Shop shop, String sql) {
    try (Database database = Database.open(shop.account(), "afp/test")) {
      return database.inTransaction(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
  }
}
