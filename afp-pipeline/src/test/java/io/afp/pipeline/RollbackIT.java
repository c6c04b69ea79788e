package io.afp.pipeline;

import static io.afp.pipeline.State.part;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Database;
import io.afp.core.testing.Halt;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rollback over two pipelines that ends badly says how far it came, and the same rollback does
 * what is left: then main, and what is served, are what they were.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RollbackIT {

  private static final int UNAVAILABLE = 69;
  private static final String[] ROLLBACK = {"rollback", "--to", "2"};
  private static final String LATE = "mart.late";
  private static final String BOTH = "[\"mart.city_sales\",\"mart.stock\"]";
  private static final String SALES = "[\"mart.city_sales\"]";
  private static final String STOCK = "[\"mart.stock\"]";

  private ShopCopy copy;
  private Map<String, List<String>> then;
  private Map<String, List<String>> now;
  private Shop shop;

  /**
   * Two releases, and two later ones: a served table has one more column, and another one is new.
   */
  @BeforeAll
  void publishFourReleases(@TempDir Path folder) throws IOException {
    TestSpark.session();
    shop = Shop.in(Files.createDirectory(folder.resolve("shop")));
    stock(10);
    run();
    then = State.visible(shop);

    Map<String, String> before = Map.of("yaml", sales("yaml"), "sql", sales("sql"));
    shop.write("shop/tables/mart/city_sales.yaml", before.get("yaml").replace("key", MORE));
    shop.write(
        "shop/tables/mart/city_sales.sql",
        before.get("sql").replace("as sales", "as sales, count(*) as n"));
    shop.write(
        "shop/tables/mart/late.yaml",
        "columns: { n: { type: long } }\nserve: { postgres: mart.late, mode: swap }\n");
    shop.write("shop/tables/mart/late.sql", "select count(*) as n from core.orders\n");
    stock(20);
    run();
    now = State.visible(shop);
    assertThat(now).containsKeys("served mart.late", "served mart.stock");

    before.forEach((end, text) -> shop.write("shop/tables/mart/city_sales." + end, text));
    copy = ShopCopy.of(shop, folder.resolve("copy"));
  }

  private static final String MORE = "  n: { type: long }\nkey";

  private String sales(String end) {
    return shop.read("shop/tables/mart/city_sales." + end);
  }

  private void stock(int pieces) {
    shop.write("stock/pipeline.yaml", "pipeline: stock\n");
    shop.write("stock/data/stock.csv", "item,pieces\nbook,%d\n".formatted(pieces));
    shop.write(
        "stock/tables/raw/stock.yaml",
        """
        from: { files: data/stock.csv, format: csv }
        columns: { item: { type: string }, pieces: { type: int } }
        serve: { postgres: mart.stock, mode: swap }
        """);
  }

  private void run() {
    assertThat(new Drivers(shop).run("2024-01")).isZero();
    assertThat(new Drivers(shop).runOther("stock")).isZero();
  }

  @BeforeEach
  void restore() throws IOException {
    copy.restore();
  }

  @Test
  void killedBeforePublishItIsDoneAsAWholeByTheSameCommand() throws Exception {
    kill("INSERT ON afp.release");
    assertThat(State.visible(shop)).isEqualTo(now);

    JsonNode again = rollback(0);

    assertThat(again.at("/data/release").asLong()).isEqualTo(5);
    assertThat(again.at("/data/served")).hasToString(BOTH);
    assertThat(messages(again)).singleElement().asString().contains(LATE, "release 2");
    isThen();
  }

  @Test
  void killedAfterPublishTheSameCommandServesWhatIsLeftAndADryRunSaysSo() throws Exception {
    kill("INSERT ON afp_serving.data_table");
    assertThat(part("lake", State.visible(shop))).isEqualTo(part("lake", then));
    assertThat(part("served", State.visible(shop))).isEqualTo(part("served", now));

    JsonNode look = new Drivers(shop).upkeep(0, "rollback", "--to", "2", "--dry-run");
    assertThat(look.path("tables")).isEmpty();
    assertThat(look.path("served")).hasToString(BOTH);
    JsonNode again = rollback(0);

    assertThat(again.at("/data/tables")).isEmpty();
    assertThat(again.at("/data").has("release")).isFalse();
    assertThat(again.at("/data/served")).hasToString(BOTH);
    assertThat(messages(again)).singleElement().asString().contains(LATE, "release 2");
    isThen();
    assertThat(rollback(0).at("/data/served")).as("twice is no change").isEmpty();
  }

  @Test
  void whatCanNotBeServedKeepsNothingElseFromItAndIsAFailureUntilItIsServed() throws IOException {
    execute("CREATE VIEW public.mine AS SELECT * FROM mart.city_sales");

    JsonNode failed = rollback(UNAVAILABLE);

    assertThat(part("lake", State.visible(shop))).isEqualTo(part("lake", then));
    assertThat(failed.at("/data/release").asLong()).isEqualTo(5);
    assertThat(failed.at("/data/served")).hasToString(STOCK);
    assertThat(failed.at("/data/not_served")).hasToString(SALES);
    assertThat(failed.path("diagnostics").findValuesAsText("code"))
        .containsExactly("AFP-SRV-006", "AFP-SRV-003", "AFP-SRV-006");
    assertThat(failed.at("/diagnostics/0/message").asText())
        .contains("the lake is rolled back", "(served=mart.city_sales)");
    assertThat(failed.at("/diagnostics/0/fix").asText()).contains("the same rollback again");

    execute("DROP VIEW public.mine");
    assertThat(rollback(0).at("/data/served")).hasToString(SALES);
    isThen();
  }

  @Test
  void whatAPipelineOfAnotherProjectServesIsLeftToItsNextRun() throws IOException {
    Files.delete(shop.root().resolve("stock/pipeline.yaml"));

    JsonNode done = rollback(0);

    assertThat(done.at("/data/served")).hasToString(SALES);
    assertThat(messages(done))
        .anyMatch(text -> text.contains("mart.stock") && text.contains("(pipeline=stock)"));
  }

  @Test
  void aBrokenDefinitionIsAFailureUntilItsTablesAreServed() throws IOException {
    shop.write("stock/pipeline.yaml", "pipeline: stock\nowner: [\n");

    JsonNode failed = rollback(UNAVAILABLE);

    assertThat(failed.at("/data/served")).hasToString(SALES);
    assertThat(failed.at("/data/not_served")).hasToString(STOCK);
    assertThat(messages(failed)).anyMatch(text -> text.contains("its definition is broken"));

    stock(20);
    assertThat(rollback(0).at("/data/served")).hasToString(STOCK);
    isThen();
  }

  /** A driver of its own, when it comes to a statement. */
  private void kill(String event) throws Exception {
    try (Halt halt = Halt.at(shop.account(), event, "true")) {
      ChildDriver killed = ChildDriver.upkeep(shop, ROLLBACK);
      halt.await(killed);
      killed.kill();
    }
  }

  private JsonNode rollback(int exitCode) throws IOException {
    return new Drivers(shop).upkeepReport(exitCode, ROLLBACK);
  }

  private static List<String> messages(JsonNode report) {
    return report.path("diagnostics").findValuesAsText("message");
  }

  /** A table that was not there then is gone; what is served of it nobody drops. */
  private void isThen() {
    Map<String, List<String>> seen = State.visible(shop);
    assertThat(seen.keySet()).contains("served " + LATE).doesNotContain("lake " + LATE);
    seen.keySet().removeIf(name -> name.startsWith("served " + LATE));
    assertThat(seen).isEqualTo(then);
  }

  private void execute(String sql) {
    try (Database database = Database.open(shop.account(), "afp/test")) {
      database.useTransaction(handle -> handle.execute(sql));
    }
  }
}
