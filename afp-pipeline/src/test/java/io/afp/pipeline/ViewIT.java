package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Database;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A view between tables: checked, published, served and rolled back like one. */
final class ViewIT {

  private static final int GATE = 65;

  @TempDir Path folder;
  private Shop shop;

  @BeforeEach
  void makeShop() {
    TestSpark.session();
    shop = Shop.in(folder);
    view("between: [0, 15]", "amount");
    shop.write(
        "shop/tables/mart/city_sales.sql",
        "select city, cast(sum(amount) as decimal(20,2)) as sales from core.sale group by city\n");
  }

  private void view(String check, String amount) {
    shop.write(
        "shop/tables/core/sale.yaml",
        """
        columns:
          id:     { type: int, required: true }
          city:   { type: string }
          amount: { type: "decimal(10,2)", checks: [ { %s } ] }
        key: [id]
        write: { mode: view }
        serve: { postgres: mart.sale, mode: upsert }
        """
            .formatted(check));
    shop.write(
        "shop/tables/core/sale.sql",
        "select id, city, cast(%s as decimal(10,2)) as amount from core.orders;\n"
            .formatted(amount));
  }

  @Test
  void aViewIsSeenOnlyWhenItsChecksPassAndARollbackBringsItsTextBack() throws IOException {
    assertThat(run("2024-01")).as("20.50 is more than 15").isEqualTo(GATE);
    assertThat(State.lake(shop)).isEmpty();

    view("between: [0, 100]", "amount");
    assertThat(run("2024-01")).isZero();
    Map<String, List<String>> first = State.lake(shop);
    assertThat(first.get("lake core.sale"))
        .containsExactly(
            "{\"id\":1,\"city\":\"Bern\",\"amount\":10.00}",
            "{\"id\":2,\"city\":\"Rom\",\"amount\":20.50}");
    assertThat(first.get("lake mart.city_sales"))
        .containsExactly(
            "{\"city\":\"Bern\",\"sales\":10.00}", "{\"city\":\"Rom\",\"sales\":20.50}");
    assertThat(served()).containsExactly("1 10.00", "2 20.50");

    view("between: [0, 100]", "amount * 2");
    assertThat(reasons()).contains("the definition changed", "core.sale changed");
    assertThat(run("2024-01")).isZero();
    assertThat(State.lake(shop).get("lake mart.city_sales"))
        .containsExactly(
            "{\"city\":\"Bern\",\"sales\":20.00}", "{\"city\":\"Rom\",\"sales\":41.00}");
    assertThat(served()).containsExactly("1 20.00", "2 41.00");

    assertThat(run("2024-02")).isZero();
    assertThat(served()).as("new rows below the view").hasSize(4);

    JsonNode done = new Drivers(shop).upkeep(0, "rollback", "--to", "1");
    assertThat(done.path("served").toString()).contains("mart.sale", "mart.city_sales");
    assertThat(State.lake(shop)).isEqualTo(first);
    assertThat(served()).containsExactly("1 10.00", "2 20.50");
  }

  @Test
  void aCleanLeavesViewsAsTheyAre() throws IOException {
    view("between: [0, 100]", "amount");
    assertThat(run("2024-01")).isZero();
    view("between: [0, 100]", "amount + 1");
    assertThat(run("2024-01")).isZero();
    Map<String, List<String>> before = State.lake(shop);

    new Drivers(shop).upkeep(0, "clean", "--older-than", "PT0S", "--keep-releases", "1");

    assertThat(State.lake(shop)).isEqualTo(before);
    assertThat(run("2024-02")).isZero();
    assertThat(State.lake(shop).get("lake core.sale"))
        .hasSize(4)
        .contains("{\"id\":4,\"city\":\"Bern\",\"amount\":8.25}");
  }

  private int run(String interval) {
    return new Drivers(shop).run(interval);
  }

  private String reasons() throws IOException {
    return new Drivers(shop)
        .upkeep(0, "plan", "--pipeline", folder.resolve("shop").toString(), "--interval", "2024-01")
        .toString();
  }

  private List<String> served() {
    try (Database database = Database.open(shop.account(), "afp/test")) {
      return database.inTransaction(
          handle ->
              handle
                  .createQuery("SELECT id || ' ' || amount FROM mart.sale ORDER BY id")
                  .mapTo(String.class)
                  .list());
    }
  }
}
