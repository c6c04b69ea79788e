package io.afp.pipeline;

import static io.afp.pipeline.State.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.Halt;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A replay of rejects, or of a quarantine, that is killed anywhere and repeated moves each row
 * once, and nobody sees a part of it.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KilledReplayIT {

  private static final int CONFLICT = 75;

  private ShopCopy start;
  private Map<String, List<String>> before;
  private final Map<Kept, Map<String, List<String>>> ends = new EnumMap<>(Kept.class);

  /** What is replayed. */
  private enum Kept {
    REJECTS("--replay"),
    QUARANTINE("--replay-quarantine");

    private final String option;

    Kept(String option) {
      this.option = option;
    }

    private String[] arguments() {
      return new String[] {option, "raw.orders"};
    }

    private String table() {
      return "orders__" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where a driver is killed, and whether its publish is behind it then. */
  private record Point(Kept kept, String name, String event, String when, boolean published) {
    @Override
    public String toString() {
      return kept + " " + name;
    }
  }

  /** What does not depend on what is replayed is tried with rejects alone. */
  static List<Point> points() {
    return Stream.concat(points(Kept.REJECTS), points(Kept.QUARANTINE).limit(5)).toList();
  }

  private static Stream<Point> points(Kept kept) {
    String commit =
        "NEW.catalog_name LIKE 'lake@%%' AND NEW.table_namespace = 'raw' AND NEW.table_name = '%s'";
    return Stream.of(
        new Point(
            kept,
            "files written, commit not made",
            "UPDATE ON iceberg_tables",
            commit.formatted("orders"),
            false),
        new Point(
            kept,
            "rows added, not taken out of where they were",
            "UPDATE ON iceberg_tables",
            commit.formatted(kept.table()),
            false),
        new Point(
            kept,
            "committed, ledger not written",
            "UPDATE ON afp.step",
            "NEW.state = 'finished' AND NEW.phase = 'ingest'",
            false),
        new Point(kept, "in the publish", "INSERT ON afp.done", "true", false),
        new Point(kept, "after the publish", "INSERT ON afp.step", "NEW.phase = 'serve'", true),
        new Point(
            kept, "before the branch is made", "INSERT ON afp.branch", "NEW.state = 'open'", false),
        new Point(kept, "before the checks", "INSERT ON afp.step", "NEW.phase = 'quality'", false),
        new Point(kept, "after the gate", "INSERT ON afp.release", "true", false),
        new Point(kept, "after the serve", "UPDATE ON afp.run", "NEW.state = 'succeeded'", true));
  }

  @BeforeAll
  void replayOnceWithoutTrouble(@TempDir Path folder) throws IOException {
    TestSpark.session();
    Shop shop = Shop.in(Files.createDirectory(folder.resolve("shop")));
    String orders = "shop/tables/raw/orders.yaml";
    String known = "type: string, required: true, checks: [ { in: %s, quarantine: true } ]";
    shop.write(
        orders,
        shop.read(orders)
                .replace(", checks: [ { between: [0, 1000] } ]", "")
                .replace("type: string, required: true", known.formatted("[ada, bob]"))
                .replace("at_most: 50%", "at_most: 100%")
            + "serve: { postgres: raw.orders, mode: upsert }\n");
    shop.write(
        Shop.file(1),
        """
        id,customer,amount,ordered_on
        1,ada,10.00,2024-01-05
        2,bob,123456789.50,2024-01-31
        3,bob,many,2024-01-31
        8,eve,1.00,2024-01-08
        9,mal,2.00,2024-01-09
        """);
    assertThat(new Drivers(shop).run("2024-01..2024-02")).isZero();
    shop.write(
        orders,
        shop.read(orders)
            .replace("decimal(10,2)", "decimal(12,2)")
            .replace("[ada, bob]", "[ada, bob, eve]"));
    start = ShopCopy.of(shop, folder.resolve("copy"));
    before = State.visible(shop);
    for (Kept kept : Kept.values()) {
      assertThat(before.get("lake raw." + kept.table())).hasSize(2);
      start.restore();
      assertThat(replay(shop, kept)).isZero();
      Map<String, List<String>> end = State.of(shop);
      assertThat(end.get("lake raw." + kept.table())).hasSize(1);
      assertThat(end.get("lake raw.orders")).hasSize(4);
      assertThat(end.get("served raw.orders")).hasSize(4);
      ends.put(kept, end);
    }
  }

  private static int replay(Shop shop, Kept kept) {
    return new Drivers(shop).runOther("shop", kept.arguments());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("points")
  void oneMoreReplayEndsAsIfNothingHadHappened(Point point) throws Exception {
    Shop shop = start.restore();
    Map<String, List<String>> end = ends.get(point.kept());
    try (Halt halt = Halt.at(shop.account(), point.event(), point.when())) {
      ChildDriver killed = ChildDriver.run(shop, point.kept().arguments());
      halt.await(killed);
      killed.kill();
    }
    assertThat(part("lake", State.visible(shop)))
        .as("main after the kill")
        .isEqualTo(part("lake", point.published() ? end : before));

    assertThat(replay(shop, point.kept())).isZero();

    assertThat(State.of(shop)).isEqualTo(end);
  }

  @Test
  void aReplayIsRefusedAsAWholeWhenAnotherWriterMovedTheTable() throws Exception {
    Shop shop = start.restore();
    Halt halt = Halt.at(shop.account(), "INSERT ON afp.step", "NEW.phase = 'quality'");
    ChildDriver driver = ChildDriver.run(shop, Kept.REJECTS.arguments());
    halt.await(driver);
    shop.movePointer("raw", "orders");
    halt.release();

    assertThat(driver.exitCode()).as(driver.log()).isEqualTo(CONFLICT);
    assertThat(part("lake", State.visible(shop))).isEqualTo(part("lake", before));
    assertThat(replay(shop, Kept.REJECTS)).as("again").isZero();
    assertThat(State.lake(shop)).isEqualTo(part("lake", ends.get(Kept.REJECTS)));
  }
}
