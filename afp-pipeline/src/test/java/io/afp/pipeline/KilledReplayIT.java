package io.afp.pipeline;

import static io.afp.pipeline.State.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.Halt;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A replay that is killed anywhere and repeated moves each row once, and nobody sees a part of it.
 */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KilledReplayIT {

  private static final int CONFLICT = 75;
  private static final String[] REPLAY = {"--replay", "raw.orders"};

  private ShopCopy start;
  private Map<String, List<String>> before;
  private Map<String, List<String>> end;

  /** Where a driver is killed, and whether its publish is behind it then. */
  private record Point(String name, String event, String when, boolean published) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Point before(String name, String event, String when) {
    return new Point(name, event, when, false);
  }

  static List<Point> points() {
    String commit =
        "NEW.catalog_name LIKE 'lake@%%' AND NEW.table_namespace = 'raw' AND NEW.table_name = '%s'";
    return List.of(
        before("before the branch is made", "INSERT ON afp.branch", "NEW.state = 'open'"),
        before(
            "files written, commit not made",
            "UPDATE ON iceberg_tables",
            commit.formatted("orders")),
        before(
            "rows added, rejects not taken out",
            "UPDATE ON iceberg_tables",
            commit.formatted("orders__rejects")),
        before(
            "committed, ledger not written",
            "UPDATE ON afp.step",
            "NEW.state = 'finished' AND NEW.phase = 'ingest'"),
        before("before the checks", "INSERT ON afp.step", "NEW.phase = 'quality'"),
        before("after the gate", "INSERT ON afp.release", "true"),
        before("in the publish", "INSERT ON afp.done", "true"),
        new Point("after the publish", "INSERT ON afp.step", "NEW.phase = 'serve'", true),
        new Point("after the serve", "UPDATE ON afp.run", "NEW.state = 'succeeded'", true));
  }

  @BeforeAll
  void replayOnceWithoutTrouble(@TempDir Path folder) throws IOException {
    TestSpark.session();
    Shop shop = Shop.in(Files.createDirectory(folder.resolve("shop")));
    String orders = "shop/tables/raw/orders.yaml";
    shop.write(
        orders,
        shop.read(orders)
                .replace(", checks: [ { between: [0, 1000] } ]", "")
                .replace("at_most: 50%", "at_most: 100%")
            + "serve: { postgres: raw.orders, mode: upsert }\n");
    shop.write(
        Shop.file(1),
        """
        id,customer,amount,ordered_on
        1,ada,10.00,2024-01-05
        2,bob,123456789.50,2024-01-31
        3,bob,many,2024-01-31
        """);
    assertThat(new Drivers(shop).run("2024-01..2024-02")).isZero();
    shop.write(orders, shop.read(orders).replace("decimal(10,2)", "decimal(12,2)"));
    start = ShopCopy.of(shop, folder.resolve("copy"));
    before = State.visible(shop);
    assertThat(before.get("lake raw.orders__rejects")).hasSize(2);
    assertThat(replay(shop)).isZero();
    end = State.of(shop);
    assertThat(end.get("lake raw.orders__rejects")).hasSize(1);
    assertThat(end.get("lake raw.orders")).hasSize(4);
    assertThat(end.get("served raw.orders")).hasSize(4);
  }

  private static int replay(Shop shop) {
    return new Drivers(shop).runOther("shop", REPLAY);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("points")
  void oneMoreReplayEndsAsIfNothingHadHappened(Point point) throws Exception {
    Shop shop = start.restore();
    try (Halt halt = Halt.at(shop.account(), point.event(), point.when())) {
      ChildDriver killed = ChildDriver.run(shop, REPLAY);
      halt.await(killed);
      killed.kill();
    }
    assertThat(part("lake", State.visible(shop)))
        .as("main after the kill")
        .isEqualTo(part("lake", point.published() ? end : before));

    assertThat(replay(shop)).isZero();

    assertThat(State.of(shop)).isEqualTo(end);
  }

  @Test
  void aReplayIsRefusedAsAWholeWhenAnotherWriterMovedTheTable() throws Exception {
    Shop shop = start.restore();
    Halt halt = Halt.at(shop.account(), "INSERT ON afp.step", "NEW.phase = 'quality'");
    ChildDriver driver = ChildDriver.run(shop, REPLAY);
    halt.await(driver);
    shop.movePointer("raw", "orders");
    halt.release();

    assertThat(driver.exitCode()).as(driver.log()).isEqualTo(CONFLICT);
    assertThat(part("lake", State.visible(shop))).isEqualTo(part("lake", before));
    assertThat(replay(shop)).as("again").isZero();
    assertThat(State.lake(shop)).isEqualTo(part("lake", end));
  }
}
