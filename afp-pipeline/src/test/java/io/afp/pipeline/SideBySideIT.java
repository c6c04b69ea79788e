package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.Database;
import io.afp.core.testing.TestSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables are filled side by side, and one that fails takes down only what is made of it. */
@Tag("long")
final class SideBySideIT {

  private static final int FAILED = 65;
  private static final String GOOD =
      "select city, max(amount) as largest from core.orders group by city";
  private static final String BAD =
      "select city, raise_error('no idea') as largest from core.orders";

  @TempDir Path folder;
  private Shop shop;

  @BeforeEach
  void makeShop() {
    TestSpark.session();
    shop = Shop.in(folder);
    model("mart.largest", "largest: { type: \"decimal(10,2)\" }", GOOD);
    model(
        "mart.cities",
        "cities: { type: long }",
        "select 'all' as city, count(*) as cities from mart.largest");
  }

  @Test
  void nothingIsPublishedWhenOneTableFailsAndTheNextRunDoesOnlyWhatIsLeft() {
    model("mart.largest", "largest: { type: \"decimal(10,2)\" }", failing());

    assertThat(run()).isEqualTo(FAILED);

    assertThat(State.lake(shop)).as("what main shows").isEmpty();
    assertThat(steps())
        .contains("mart.largest failed", "mart.cities skipped", "mart.city_sales finished");

    model("mart.largest", "largest: { type: \"decimal(10,2)\" }", GOOD);
    assertThat(run()).isZero();
    assertThat(takenOver()).contains("mart.city_sales", "core.orders", "raw.orders");
    assertThat(State.lake(shop).get("lake mart.cities"))
        .containsExactly("{\"city\":\"all\",\"cities\":2}");
  }

  @Test
  void withPublishPartialTheOthersArePublishedAndServedAndTheFailureIsStillTold() {
    model("mart.largest", "largest: { type: \"decimal(10,2)\" }", failing());

    assertThat(run("--publish-partial")).isEqualTo(FAILED);

    assertThat(State.lake(shop))
        .containsKeys("lake core.orders", "lake mart.city_sales")
        .doesNotContainKeys("lake mart.largest", "lake mart.cities");
    assertThat(State.of(shop).get("served mart.city_sales")).hasSize(2);
    assertThat(query("SELECT state || ' ' || error_code || ' ' || release_id FROM afp.run"))
        .containsExactly("failed AFP-TRF-004 1");

    model("mart.largest", "largest: { type: \"decimal(10,2)\" }", GOOD);
    assertThat(run()).isZero();
    assertThat(State.lake(shop).get("lake mart.cities"))
        .containsExactly("{\"city\":\"all\",\"cities\":2}");
    assertThat(
            query(
                "SELECT string_agg(table_name, ' ' ORDER BY table_name) FROM afp.release_table WHERE release_id = 2"))
        .as("what was published before is not done again")
        .containsExactly("cities largest");
  }

  @Test
  void whatAFailedTableHadWrittenIsNotPublishedWithTheOthers() {
    assertThat(run()).isZero();
    List<String> before = State.lake(shop).get("lake core.orders");
    shop.write(
        "shop/data/orders-2024-01.csv", "id,customer,amount,ordered_on\n1,ada,11.00,2024-01-05\n");
    shop.write(
        "shop/data/orders-2024-03.csv", "id,customer,amount,ordered_on\n9,ada,1.00,2024-03-05\n");
    shop.write(
        "shop/tables/core/orders.sql",
        """
        select id, city, if(id = 9, raise_error('March'), amount) as amount, ordered_on
        from raw.orders left join raw.customers using (customer)
        where ordered_on >= :interval_start and ordered_on < :interval_end
        """
            .replace(
                "if(id = 9, raise_error('March'), amount)",
                "if(id = 9, cast(raise_error('March') as decimal(10,2)), amount)"));

    assertThat(new Drivers(shop).run("2024-01..2024-03", "--publish-partial")).isEqualTo(FAILED);

    assertThat(State.lake(shop).get("lake core.orders")).isEqualTo(before);
    assertThat(State.lake(shop).get("lake raw.orders"))
        .contains("{\"id\":9,\"customer\":\"ada\",\"amount\":1.00,\"ordered_on\":\"2024-03-05\"}");
  }

  @Test
  void aTableThatFailedToBeBuiltAnewKeepsItsIntervals() {
    assertThat(run()).isZero();
    List<String> before = State.lake(shop).get("lake core.orders");
    String query =
        """
        select id, city, %s as amount, ordered_on from raw.orders left join raw.customers using (customer)
        where ordered_on >= :interval_start and ordered_on < :interval_end
        """;
    String broken = "if(id = 4, cast(raise_error('four') as decimal(10,2)), amount)";
    shop.write("shop/tables/core/orders.sql", query.formatted(broken));

    assertThat(new Drivers(shop).run("2024-02", "--full-refresh", "--publish-partial"))
        .isEqualTo(FAILED);
    assertThat(State.lake(shop).get("lake core.orders")).isEqualTo(before);
    assertThat(
            query(
                "SELECT unit FROM afp.done WHERE table_name = 'orders' AND table_namespace = 'core' ORDER BY 1"))
        .containsExactly("2024-01", "2024-02");

    shop.write("shop/tables/core/orders.sql", query.formatted("amount"));
    assertThat(new Drivers(shop).run("2024-02", "--full-refresh")).isZero();
    assertThat(State.lake(shop).get("lake core.orders")).isEqualTo(before);
  }

  @Test
  void eachTableHasAFairShareOfTheTasks() {
    Queue<String> pools = new ConcurrentLinkedQueue<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            pools.add(job.properties().getProperty("spark.scheduler.pool", "none"));
          }
        };
    TestSpark.session().sparkContext().addSparkListener(listener);
    try {
      assertThat(run()).isZero();
    } finally {
      TestSpark.session().sparkContext().removeSparkListener(listener);
    }

    assertThat(pools).contains("raw.orders", "core.orders", "mart.city_sales", "mart.largest");
  }

  private String failing() {
    return BAD.replace("raise_error('no idea')", "cast(raise_error('no idea') as decimal(10,2))");
  }

  private void model(String name, String column, String sql) {
    String path = "shop/tables/" + name.replace('.', '/');
    shop.write(path + ".yaml", "columns:\n  city: { type: string }\n  " + column + "\n");
    shop.write(path + ".sql", sql);
  }

  private int run(String... more) {
    return new Drivers(shop).run("2024-01..2024-02", more);
  }

  private List<String> steps() {
    return query(
        "SELECT table_namespace || '.' || table_name || ' ' || state FROM afp.step WHERE phase <> 'quality' ORDER BY position");
  }

  private List<String> takenOver() {
    return query(
        "SELECT table_namespace || '.' || table_name FROM afp.step WHERE taken_over_from IS NOT NULL");
  }

  private List<String> query(String sql) {
    try (Database database = Database.open(shop.account(), "afp/test")) {
      return database.inTransaction(handle -> handle.createQuery(sql).mapTo(String.class).list());
    }
  }
}
