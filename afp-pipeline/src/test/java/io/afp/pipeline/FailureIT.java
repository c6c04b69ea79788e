package io.afp.pipeline;

import static io.afp.pipeline.State.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.Database;
import io.afp.core.testing.Halt;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Something fails in the middle of a run of February, over January that is published: one clear
 * error, main untouched, and the next run recovers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FailureIT {

  private static final int UNAVAILABLE = 69;
  private static final String FEBRUARY = "2024-02";
  private static final String[] RUN = {"--interval", FEBRUARY};
  private static final String IN_THE_MIDDLE = "NEW.phase = 'transform' AND NEW.state = 'running'";

  private ShopCopy start;
  private Map<String, List<String>> january;
  private Map<String, List<String>> undisturbed;

  /** What everybody sees, and the pointers of main. */
  private record Seen(Map<String, List<String>> visible, List<String> pointers) {

    static Seen of(Shop shop) {
      return new Seen(State.visible(shop), State.pointers(shop));
    }
  }

  @BeforeAll
  void publishJanuary(@TempDir Path folder) throws IOException {
    TestSpark.session();
    Shop shop = Shop.in(Files.createDirectory(folder.resolve("shop")));
    assertThat(new Drivers(shop).run("2024-01")).isZero();
    start = ShopCopy.of(shop, folder.resolve("copy"));
    january = State.of(shop);
    assertThat(january.get("served mart.city_sales")).hasSize(2);
    undisturbed = end(shop);
    assertThat(undisturbed.get("lake core.orders")).hasSize(4);
  }

  /** What a run of February ends in. */
  private static Map<String, List<String>> end(Shop shop) {
    assertThat(new Drivers(shop).run(FEBRUARY)).isZero();
    return State.of(shop);
  }

  @Test
  void aWarehouseThatCanNotBeWritten() throws Exception {
    Shop shop = start.restore();
    Seen before = Seen.of(shop);
    Path month = Files.writeString(february(shop.warehouse().resolve("raw")), "not a folder");

    ChildDriver driver = ChildDriver.run(shop, RUN);

    assertFailed(driver, "AFP-LAKE-001");
    assertThat(Seen.of(shop)).isEqualTo(before);
    Files.delete(month);
    assertThat(end(shop)).isEqualTo(undisturbed);
  }

  /** Not even the first metadata of a table can be written. */
  @Tag("long")
  @Test
  void aWarehouseUnderAFile(@TempDir Path folder) throws Exception {
    Shop shop = Shop.in(folder);
    String sound = shop.read("afp.yaml");
    Path file = Files.writeString(folder.resolve("occupied"), "a file, not a folder");
    shop.write("afp.yaml", shop.settings(file.resolve("warehouse").toUri().toString()));

    ChildDriver driver = ChildDriver.run(shop, "--interval", "2024-01");

    assertFailed(driver, "AFP-LAKE-001");
    shop.write("afp.yaml", sound);
    assertThat(State.pointers(shop)).isEmpty();
    assertThat(State.visible(shop)).isEmpty();
    assertThat(new Drivers(shop).run("2024-01")).isZero();
    assertThat(State.of(shop)).isEqualTo(january);
  }

  /** The folder, not there yet, that gets the files of February. */
  private static Path february(Path tables) throws IOException {
    try (Stream<Path> paths = Files.walk(tables)) {
      return paths
          .filter(path -> path.endsWith("ordered_on_month=2024-01"))
          .map(path -> path.resolveSibling("ordered_on_month=2024-02"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void aDiskThatIsFull() throws Exception {
    Shop shop = start.restore();
    shop.write("shop/data/customers.csv", customers(60_000));
    Map<String, List<String>> withRoom = end(shop);
    start.restore();
    shop.write("shop/data/customers.csv", customers(60_000));
    Seen before = Seen.of(shop);

    ChildDriver driver = ChildDriver.start(List.of("prlimit", "--fsize=1500000"), shop, RUN);

    assertFailed(driver, "AFP-LAKE-001");
    assertThat(Seen.of(shop)).isEqualTo(before);
    assertThat(end(shop)).isEqualTo(withRoom);
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
    Shop shop = start.restore();
    Seen before = Seen.of(shop);
    try (Halt halt = Halt.at(shop.account(), "INSERT ON afp.step", IN_THE_MIDDLE)) {
      ChildDriver driver = ChildDriver.run(shop, RUN);
      halt.await(driver);
      driver.terminate();
      assertThat(driver.exitCode()).as(driver.log()).isNotZero();
    }
    assertThat(count(shop, "SELECT count(*) FROM afp.lease")).as("leases").isZero();
    assertThat(count(shop, "SELECT count(*) FROM iceberg_tables WHERE catalog_name <> 'lake'"))
        .as("rows of branches in the catalog")
        .isZero();
    assertThat(
            count(
                shop,
                "SELECT count(*) FROM afp.branch WHERE state NOT IN ('discarded', 'published')"))
        .as("branches")
        .isZero();
    assertThat(Seen.of(shop)).isEqualTo(before);
    assertThat(end(shop)).isEqualTo(undisturbed);
  }

  @Tag("long")
  @Test
  void anInterruptedPlanLeavesNoBranch(@TempDir Path folder) throws Exception {
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
  void postgresStopsInTheMiddleAndAgainBetweenAWriteAndItsVerdicts(@TempDir Path folder)
      throws Exception {
    try (StoppedPostgres stopped = new StoppedPostgres(folder)) {
      Shop shop = stopped.shop();
      Seen before = Seen.of(shop);

      assertFailed(stopped.during("INSERT ON afp.step", IN_THE_MIDDLE), "AFP-LED-001");

      stopped.startAgain();
      assertThat(Seen.of(shop)).isEqualTo(before);

      assertFailed(stopped.during("INSERT ON afp.check_result", "true"), "AFP-LED-001");

      stopped.startAgain();
      assertThat(Seen.of(shop)).as("nothing is published unjudged").isEqualTo(before);
      assertThat(end(shop)).isEqualTo(undisturbed);
    }
  }

  @Test
  void postgresStopsWhileATableIsCopiedToBeServed(@TempDir Path folder) throws Exception {
    try (StoppedPostgres stopped = new StoppedPostgres(folder)) {
      Shop shop = stopped.shop();
      Map<String, List<String>> before = State.visible(shop);

      assertFailed(stopped.during("UPDATE ON afp_serving.part", "true"), "AFP-SRV-001");

      stopped.startAgain();
      Map<String, List<String>> seen = State.visible(shop);
      assertThat(part("lake", seen)).as("the release stays").isEqualTo(part("lake", undisturbed));
      assertThat(part("served", seen)).as("what is served").isEqualTo(part("served", before));
      assertThat(end(shop)).isEqualTo(undisturbed);
    }
  }

  private static void assertFailed(ChildDriver driver, String code) {
    assertThat(driver.exitCode()).as(driver.log()).isEqualTo(UNAVAILABLE);
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

  private static long count(Shop shop, String sql) {
    try (Database database = Database.open(shop.account(), "afp/test")) {
      return database.inTransaction(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
  }
}
