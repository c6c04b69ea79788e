package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.Halt;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A driver that is killed at any point of a run leaves nothing that one more run does not bring to
 * the same end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KilledDriverIT {

  private static final String[] RUN = {"--interval", "2024-01..2024-02"};

  private Map<String, List<String>> undisturbed;

  /** Where a driver is killed, and whether the run has published by then. */
  private record Point(String name, String event, String when, boolean published) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Point> points() {
    String step = "INSERT ON afp.step";
    String end = "UPDATE ON afp.step";
    return List.of(
        new Point("before the branch is made", "INSERT ON afp.branch", "NEW.state = 'open'", false),
        new Point(
            "before the first step",
            step,
            "NEW.table_name = 'orders' AND NEW.phase = 'ingest' AND NEW.state = 'running'",
            false),
        new Point(
            "files written, commit not made",
            "UPDATE ON iceberg_tables",
            "NEW.catalog_name LIKE 'lake@%' AND NEW.table_name = 'orders' AND NEW.table_namespace = 'raw'",
            false),
        new Point(
            "committed, ledger not written",
            end,
            "NEW.state = 'finished' AND NEW.table_name = 'orders' AND NEW.phase = 'ingest'",
            false),
        new Point(
            "after the sources",
            step,
            "NEW.phase = 'transform' AND NEW.table_name = 'orders' AND NEW.state = 'running'",
            false),
        new Point(
            "model committed, ledger not written",
            end,
            "NEW.state = 'finished' AND NEW.phase = 'transform' AND NEW.table_name = 'orders'",
            false),
        new Point(
            "after the first model",
            step,
            "NEW.phase = 'transform' AND NEW.table_name = 'city_sales' AND NEW.state = 'running'",
            false),
        new Point("after the last model", step, "NEW.phase = 'quality'", false),
        new Point("after the gate", "INSERT ON afp.release", "true", false),
        new Point("in the publish", "INSERT ON afp.done", "true", false),
        new Point("after the publish", step, "NEW.phase = 'serve'", true),
        new Point("served, ledger not written", "INSERT ON afp.serving_load", "true", true),
        new Point("after the serve", "UPDATE ON afp.run", "NEW.state = 'succeeded'", true));
  }

  @BeforeAll
  void runOnceWithoutTrouble(@TempDir Path folder) {
    Shop shop = Shop.in(folder);
    ChildDriver driver = ChildDriver.run(shop, RUN);
    assertThat(driver.exitCode()).as(driver.log()).isZero();
    undisturbed = State.of(shop);
    assertThat(undisturbed.get("lake raw.orders")).hasSize(4);
    assertThat(undisturbed.get("lake raw.orders__rejects")).hasSize(1);
    assertThat(undisturbed.get("served")).hasSize(2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("points")
  void oneMoreRunEndsAsIfNothingHadHappened(Point point, @TempDir Path folder) throws Exception {
    Shop shop = Shop.in(folder);
    try (Halt halt = Halt.at(shop.account(), point.event(), point.when())) {
      ChildDriver killed = ChildDriver.run(shop, RUN);
      halt.await(killed);
      killed.kill();
    }
    assertThat(State.lake(shop).keySet())
        .as("tables that main shows after the kill")
        .isEqualTo(point.published() ? tables(undisturbed) : Set.of());

    ChildDriver again = ChildDriver.run(shop, RUN);

    assertThat(again.exitCode()).as(again.log()).isZero();
    assertThat(State.of(shop)).isEqualTo(undisturbed);
  }

  private static Set<String> tables(Map<String, List<String>> state) {
    return state.keySet().stream()
        .filter(key -> key.startsWith("lake "))
        .collect(Collectors.toSet());
  }
}
