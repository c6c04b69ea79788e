package io.afp.pipeline;

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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A full refresh that is killed at any point is brought to the same end by one more. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FullRefreshIT {

  private static final List<String> TABLES =
      List.of(
          "shop/tables/raw/orders.yaml",
          "shop/tables/core/orders.yaml",
          "shop/tables/mart/city_sales.yaml");

  private ShopCopy start;
  private Map<String, List<String>> undisturbed;

  /** Where a driver is killed. */
  private record Point(String name, String event, String when) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Point> points() {
    return List.of(
        new Point("before the table is emptied", "UPDATE ON afp.step", "NEW.full_refresh"),
        new Point(
            "committed, ledger not written",
            "UPDATE ON afp.step",
            "NEW.state = 'finished' AND NEW.table_name = 'orders' AND NEW.phase = 'transform'"),
        new Point(
            "after the first model",
            "INSERT ON afp.step",
            "NEW.phase = 'transform' AND NEW.table_name = 'city_sales' AND NEW.state = 'running'"),
        new Point("in the publish", "DELETE ON afp.done", "true"),
        new Point("after the publish", "INSERT ON afp.step", "NEW.phase = 'serve'"));
  }

  @BeforeAll
  void refreshOnceWithoutTrouble(@TempDir Path folder) throws IOException {
    TestSpark.session();
    Shop shop = filled(Files.createDirectory(folder.resolve("shop")));
    start = ShopCopy.of(shop, folder.resolve("copy"));
    assertThat(new Drivers(shop).run("2024-02", "--full-refresh")).isZero();
    undisturbed = State.of(shop);
    assertThat(undisturbed.get("lake raw.orders")).hasSize(4);
    assertThat(undisturbed.get("ledger done").toString())
        .contains("\"release_id\":\"3\"")
        .doesNotContain("\"release_id\":\"1\"");
  }

  /** A table of two months whose definition has become narrower since. */
  private static Shop filled(Path folder) {
    Shop shop = Shop.in(folder);
    assertThat(new Drivers(shop).run("2024-01")).isZero();
    assertThat(new Drivers(shop).run("2024-02")).isZero();
    for (String table : TABLES) {
      String wide = shop.read(table);
      shop.write(
          table,
          wide.replace("decimal(10,2)", "decimal(9,2)").replace("decimal(20,2)", "decimal(19,2)"));
    }
    assertThat(new Drivers(shop).run("2024-02")).as("a type can't become narrower").isEqualTo(78);
    return shop;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("points")
  void oneMoreRefreshEndsAsIfNothingHadHappened(Point point) throws Exception {
    Shop shop = start.restore();
    try (Halt halt = Halt.at(shop.account(), point.event(), point.when())) {
      ChildDriver killed = ChildDriver.run(shop, "--interval", "2024-02", "--full-refresh");
      halt.await(killed);
      killed.kill();
    }

    assertThat(new Drivers(shop).run("2024-02", "--full-refresh")).isZero();
    assertThat(State.of(shop)).isEqualTo(undisturbed);
  }
}
