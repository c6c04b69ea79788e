package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.catalog.Branches;
import io.afp.core.ledger.Database;
import io.afp.core.testing.TestSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would run and why, before anything is read or written. */
final class PlanIT {

  @TempDir Path folder;
  private Shop shop;
  private Drivers drivers;

  @BeforeEach
  void makeShop() {
    TestSpark.session();
    shop = Shop.in(folder);
    drivers = new Drivers(shop);
  }

  @Test
  void aPlanOfAnEmptyLakeHasEveryTableWithItsColumnsAndLeavesNothing() throws Exception {
    JsonNode plan = plan("2024-01..2024-02");

    assertThat(tables(plan))
        .containsExactlyInAnyOrder("raw.customers", "raw.orders", "core.orders", "mart.city_sales");
    JsonNode orders = step(plan, "core.orders");
    assertThat(orders.path("units").findValuesAsText("unit")).containsExactly("2024-01", "2024-02");
    assertThat(orders.path("columns").toString())
        .contains("{\"name\":\"amount\",\"type\":\"DECIMAL(10,2)\"}");
    assertThat(orders.path("units").findValuesAsText("state")).containsOnly("missing");
    assertThat(orders.path("ranges").toString())
        .isEqualTo(
            "[{\"interval\":\"2024-01..2024-02\",\"units\":2,\"state\":\"missing\",\"reason\":null}]");
    assertThat(orders.path("reads").findValuesAsText("table"))
        .containsExactly("raw.customers", "raw.orders");
    assertThat(orders.path("reads").findValuesAsText("pipeline")).containsOnly("shop");
    try (Database database = Database.open(shop.account(), "afp/test")) {
      assertThat(new Branches(database).left()).isEmpty();
    }
    assertThat(Files.walk(shop.warehouse()).filter(Files::isRegularFile)).isEmpty();
  }

  @Test
  void aPlanSaysWhatChanged() throws Exception {
    assertThat(drivers.run("2024-01")).isZero();
    assertThat(tables(plan("2024-01"))).as("nothing to do").isEmpty();

    shop.write("shop/data/customers.csv", "customer,city\nada,Bern\nbob,Bern\n");
    JsonNode changed = plan("2024-01");
    assertThat(step(changed, "raw.customers").path("units").get(0).path("reason").asText())
        .endsWith("customers.csv changed");
    assertThat(step(changed, "core.orders").path("units").get(0).path("reason").asText())
        .isEqualTo("raw.customers is written by this run");
    assertThat(changed.path("done").toString()).isEqualTo("[\"raw.orders\"]");

    JsonNode restated = plan("2024-01", "--restate", "--select", "raw.orders");
    assertThat(tables(restated)).containsExactly("raw.orders");
  }

  @Test
  void allProblemsOfAllModelsAreNamedWithTheirLines() throws Exception {
    shop.write(
        "shop/tables/core/orders.sql",
        """
        select id, city, amount, ordered_on
        from raw.orders left join raw.customers using (customer)
        where orderd_on >= :interval_start and ordered_on < :interval_end
        """);
    shop.write(
        "shop/tables/mart/city_sales.sql",
        "select city, cast(sum(amount) as double) as sales from core.orders group by city\n");

    JsonNode refused = drivers.upkeep(78, args("2024-01"));

    JsonNode problems = refused.path("diagnostics");
    assertThat(problems.findValuesAsText("code"))
        .containsExactlyInAnyOrder("AFP-TRF-002", "AFP-TRF-003");
    assertThat(problems.toString())
        .contains("orderd_on")
        .contains("\"line\":3")
        .contains("sales is declared as decimal(20,2) and selected as double");
  }

  @Test
  void aSelectionRunsNothingElse() throws Exception {
    assertThat(drivers.run("2024-01", "--select", "+core.orders")).isZero();

    assertThat(State.lake(shop).keySet())
        .contains("lake core.orders", "lake raw.orders", "lake raw.customers")
        .doesNotContain("lake mart.city_sales");
    assertThat(drivers.run("2024-01")).as("the rest is done later").isZero();
    assertThat(State.lake(shop)).containsKey("lake mart.city_sales");
    assertThat(drivers.run("2024-01", "--select", "core.nothing")).isEqualTo(64);
  }

  private String[] args(String interval, String... more) {
    String[] first = {
      "plan", "--pipeline", folder.resolve("shop").toString(), "--interval", interval
    };
    return Stream.of(first, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private JsonNode plan(String interval, String... more) throws Exception {
    return drivers.upkeep(0, args(interval, more));
  }

  private static List<String> tables(JsonNode plan) {
    return StreamSupport.stream(plan.path("steps").spliterator(), false)
        .map(step -> step.path("table").asText())
        .toList();
  }

  private static JsonNode step(JsonNode plan, String table) {
    return StreamSupport.stream(plan.path("steps").spliterator(), false)
        .filter(step -> step.path("table").asText().equals(table))
        .findFirst()
        .orElseThrow();
  }
}
