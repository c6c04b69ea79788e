package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.job.Job;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.Halt;
import io.afp.core.testing.TestSpark;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changed between two tries of a run counts, whatever the first has left. */
final class RepeatedRunIT {

  private static final int GATE = 65;
  private static final String ORDERS = "shop/tables/core/orders.yaml";

  @TempDir Path folder;
  private Shop shop;

  @BeforeEach
  void makeShop() {
    TestSpark.session();
    shop = Shop.in(folder);
  }

  @Test
  void aCheckThatWasLoosenedIsJudgedAnewAlthoughItsRowsAreTakenOver() {
    shop.write(ORDERS, orders("[Bern]"));
    assertThat(run()).isEqualTo(GATE);

    shop.write(ORDERS, orders("[Bern, Rom]"));

    assertThat(run()).isZero();
  }

  @Test
  void aCheckThatWasTightenedIsJudgedAnewAlthoughItsRowsAreTakenOver() {
    shop.write("shop/tables/raw/customers.yaml", customers("[Bern]"));
    assertThat(run()).as("another table fails").isEqualTo(GATE);
    shop.write("shop/tables/raw/customers.yaml", customers("[Bern, Rom]"));
    shop.write(ORDERS, orders("[Bern]"));

    assertThat(run()).isEqualTo(GATE);
    assertThat(State.lake(shop)).as("what main shows").isEmpty();
  }

  @Test
  void aFileThatChangedAfterAnUnservedPublishIsLoaded() throws Exception {
    try (Halt halt = Halt.at(shop.account(), "INSERT ON afp.step", "NEW.phase = 'serve'")) {
      ChildDriver killed = ChildDriver.run(shop, "--interval", "2024-02");
      halt.await(killed);
      killed.kill();
    }
    shop.write(
        "shop/data/orders-2024-02.csv", "id,customer,amount,ordered_on\n4,ada,70.25,2024-02-01\n");

    assertThat(run("--interval", "2024-02")).isZero();

    assertThat(State.lake(shop).get("lake raw.orders"))
        .containsExactly(
            "{\"id\":4,\"customer\":\"ada\",\"amount\":70.25,\"ordered_on\":\"2024-02-01\"}");
    assertThat(State.of(shop).get("served mart.city_sales"))
        .containsExactly("{\"city\":\"Bern\",\"sales\":70.25}");
  }

  @Test
  void aTableOfAnotherPipelineIsRefusedBeforeAnythingIsRead() {
    assertThat(run("--interval", "2024-01")).isZero();
    shop.write("shop/pipeline.yaml", "pipeline: rival\ninterval: { unit: month, zone: UTC }\n");

    assertThat(run("--interval", "2024-02")).isEqualTo(78);
    assertThat(State.of(shop).get("ledger run")).as("runs that did anything").hasSize(1);
  }

  @Test
  void aRunKeyBelongsToWhatItWasFirstUsedFor() {
    assertThat(run("--interval", "2024-01", "--run-key", "night")).isZero();

    assertThat(run("--interval", "2024-02", "--run-key", "night")).isEqualTo(64);
  }

  private static String orders(String cities) {
    return """
        columns:
          id:         { type: int, required: true }
          city:       { type: string, checks: [ { in: %s } ] }
          amount:     { type: "decimal(10,2)" }
          ordered_on: { type: date, required: true }
        key: [id]
        partition_by: [month(ordered_on)]
        write: { mode: replace, interval_column: ordered_on }
        """
        .formatted(cities);
  }

  private static String customers(String cities) {
    return """
        from: { files: data/customers.csv, format: csv }
        columns:
          customer: { type: string, required: true }
          city:     { type: string, checks: [ { in: %s } ] }
        key: [customer]
        """
        .formatted(cities);
  }

  private int run() {
    return run("--interval", "2024-01..2024-02");
  }

  private int run(String... arguments) {
    String[] all =
        Stream.concat(
                Stream.of(
                    "--pipeline",
                    folder.resolve("shop").toString(),
                    "--project",
                    folder.toString()),
                Stream.of(arguments))
            .toArray(String[]::new);
    return Job.of("afp-pipeline", Phase.values()).run(all);
  }
}
