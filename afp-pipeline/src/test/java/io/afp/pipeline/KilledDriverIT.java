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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A driver that is killed at any point of a run leaves nothing that one more run does not bring to
 * the same end; and at no point does anybody see a part of what it did.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KilledDriverIT {

  private static final String INTERVAL = "2024-01..2024-02";
  private static final String BEGIN = "INSERT ON afp.step";
  private static final String END = "UPDATE ON afp.step";

  /** Of the tables that are served, the one that is served first. */
  private static final String FIRST = "served mart.city_sales";

  private Case filled;
  private Case empty;

  /** A shop before the run, and what everybody sees of it before and after an undisturbed one. */
  private record Case(
      ShopCopy start,
      List<String> pointers,
      Map<String, List<String>> before,
      Map<String, List<String>> end) {

    static Case of(Shop shop, Path copy) throws IOException {
      ShopCopy start = ShopCopy.of(shop, copy);
      List<String> pointers = State.pointers(shop);
      Map<String, List<String>> before = State.visible(shop);
      assertThat(new Drivers(shop).run(INTERVAL)).isZero();
      return new Case(start, pointers, before, State.of(shop));
    }

    Map<String, List<String>> lake(Seen seen) {
      return part("lake", seen == Seen.NOTHING ? before : end);
    }

    Map<String, List<String>> served(Seen seen) {
      Map<String, List<String>> served = part("served", seen == Seen.SERVED ? end : before);
      if (seen == Seen.FIRST_SERVED) {
        served.put(FIRST, end.get(FIRST));
      }
      return served;
    }
  }

  /** What everybody sees by then. */
  private enum Seen {
    NOTHING,
    PUBLISHED,
    FIRST_SERVED,
    SERVED
  }

  /** Where a driver is killed. */
  private record Point(String name, String event, String when, Seen seen) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Point before(String name, String event, String when) {
    return new Point(name, event, when, Seen.NOTHING);
  }

  /** In the middle of what a driver changes. */
  static List<Point> points() {
    return List.of(
        before(
            "files written, commit not made",
            "UPDATE ON iceberg_tables",
            "NEW.catalog_name LIKE 'lake@%' AND NEW.table_name = 'orders' AND NEW.table_namespace = 'raw'"),
        before(
            "committed, ledger not written",
            END,
            "NEW.state = 'finished' AND NEW.table_name = 'orders' AND NEW.phase = 'ingest'"),
        before(
            "appended, ledger not written",
            END,
            "NEW.state = 'finished' AND NEW.phase = 'ingest' AND NEW.table_name = 'visits'"),
        before("after the gate", "INSERT ON afp.release", "true"),
        before("in the publish", "INSERT ON afp.done", "true"),
        new Point("after the publish", BEGIN, "NEW.phase = 'serve'", Seen.PUBLISHED),
        new Point("in the copy", "UPDATE ON afp_serving.part", "true", Seen.PUBLISHED),
        new Point(
            "served, ledger not written", "INSERT ON afp.serving_load", "true", Seen.FIRST_SERVED));
  }

  /** At others of the same kinds. */
  static List<Point> morePoints() {
    return List.of(
        before(
            "model committed, ledger not written",
            END,
            "NEW.state = 'finished' AND NEW.phase = 'transform' AND NEW.table_name = 'orders'"),
        before(
            "file appended again, ledger not written",
            END,
            "NEW.state = 'finished' AND NEW.phase = 'ingest' AND NEW.table_name = 'clicks'"),
        before(
            "among the checks of quality",
            "INSERT ON afp.check_result",
            "NEW.table_namespace = 'core' AND NEW.rule = 'rows'"),
        new Point("copied, not served", "UPDATE ON afp_serving.load", "true", Seen.PUBLISHED));
  }

  /** Between two steps, where nothing is half done. */
  static List<Point> pointsBetweenSteps() {
    return List.of(
        before("before the branch is made", "INSERT ON afp.branch", "NEW.state = 'open'"),
        before("before the first step", BEGIN, "NEW.state = 'running'"),
        before("after the sources", BEGIN, "NEW.phase = 'transform' AND NEW.state = 'running'"),
        before(
            "after the first model",
            BEGIN,
            "NEW.phase = 'transform' AND NEW.table_name = 'city_sales' AND NEW.state = 'running'"),
        before("after the last model", BEGIN, "NEW.phase = 'quality'"),
        new Point(
            "between two serves",
            BEGIN,
            "NEW.phase = 'serve' AND NEW.table_name = 'visits'",
            Seen.FIRST_SERVED),
        new Point("after the serve", "UPDATE ON afp.run", "NEW.state = 'succeeded'", Seen.SERVED));
  }

  static List<Point> pointsOverAnEmptyLake() {
    return List.of(
        before(
            "one source committed, ledger not written",
            "UPDATE ON afp.step",
            "NEW.state = 'finished' AND NEW.table_name = 'orders'"),
        before("in the publish", "INSERT ON afp.done", "true"));
  }

  @BeforeAll
  void runOnceWithoutTrouble(@TempDir Path folder) throws IOException {
    TestSpark.session();
    empty = Case.of(shop(folder.resolve("empty")), folder.resolve("copy-of-empty"));
    filled = Case.of(filled(folder.resolve("filled")), folder.resolve("copy-of-filled"));
    assertThat(empty.before()).isEmpty();
    assertThat(empty.end().get("lake raw.orders__rejects")).hasSize(1);
    for (String table : List.of("lake raw.orders", "lake core.orders", "served mart.city_sales")) {
      assertThat(filled.before().get(table)).as(table).hasSize(2);
      assertThat(filled.end().get(table)).isNotEqualTo(filled.before().get(table));
    }
    assertThat(filled.end().get("lake raw.clicks"))
        .containsExactly(
            "{\"id\":1,\"page\":\"home\",\"_afp_source\":\"clicks/a.csv\"}",
            "{\"id\":3,\"page\":\"cart\",\"_afp_source\":\"clicks/a.csv\"}",
            "{\"id\":4,\"page\":\"home\",\"_afp_source\":\"clicks/b.csv\"}");
    for (String table : List.of("lake mart.visits", "served mart.visits")) {
      assertThat(filled.before().get(table)).as(table).hasSize(2);
      assertThat(filled.end().get(table)).as(table).hasSize(4);
    }
  }

  private static Shop shop(Path folder) throws IOException {
    Shop shop = Shop.in(Files.createDirectory(folder));
    shop.addVisits();
    shop.addClicks();
    return shop;
  }

  /**
   * January is published and served; since then its file has changed, and February has come. So in
   * the folder of clicks: one file has changed, one has come.
   */
  private static Shop filled(Path folder) throws IOException {
    Shop shop = shop(folder);
    assertThat(new Drivers(shop).run("2024-01")).isZero();
    shop.write(
        Shop.file(1),
        """
        id,customer,amount,ordered_on
        1,ada,11.00,2024-01-05
        3,bob,3.00,2024-01-31
        6,bob,few,2024-01-31
        """);
    shop.write("shop/clicks/a.csv", "id,page\n1,home\n3,cart\n");
    shop.write("shop/clicks/b.csv", "id,page\n4,home\n");
    return shop;
  }

  @Test
  void whatIsNotComparedIsThere() throws IOException {
    Shop shop = filled.start().restore();
    try (Database database = Database.open(shop.account(), "afp/test")) {
      assertThat(DatabaseRows.columnsOfTheLedger(database))
          .containsAll(NotCompared.VALUES)
          .containsAll(NotCompared.COLUMNS);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("points")
  void oneMoreRunEndsAsIfNothingHadHappened(Point point) throws Exception {
    killAndRunAgain(filled, point);
  }

  @Tag("long")
  @ParameterizedTest(name = "{0}")
  @MethodSource("morePoints")
  void oneMoreRunEndsAsIfNothingHadHappenedAtMorePoints(Point point) throws Exception {
    killAndRunAgain(filled, point);
  }

  @Tag("long")
  @ParameterizedTest(name = "{0}")
  @MethodSource("pointsBetweenSteps")
  void oneMoreRunGoesOnFromTheStepBefore(Point point) throws Exception {
    killAndRunAgain(filled, point);
  }

  @Tag("long")
  @ParameterizedTest(name = "{0}")
  @MethodSource("pointsOverAnEmptyLake")
  void oneMoreRunOverAnEmptyLakeEndsAsIfNothingHadHappened(Point point) throws Exception {
    killAndRunAgain(empty, point);
  }

  private static void killAndRunAgain(Case of, Point point) throws Exception {
    Shop shop = of.start().restore();
    try (Halt halt = Halt.at(shop.account(), point.event(), point.when())) {
      ChildDriver killed = ChildDriver.run(shop, "--interval", INTERVAL);
      halt.await(killed);
      killed.kill();
    }
    if (point.seen() == Seen.NOTHING) {
      assertThat(State.pointers(shop)).as("pointers of main").isEqualTo(of.pointers());
    }
    Map<String, List<String>> seen = State.visible(shop);
    assertThat(part("lake", seen)).as("main after the kill").isEqualTo(of.lake(point.seen()));
    assertThat(part("served", seen))
        .as("what is served after the kill")
        .isEqualTo(of.served(point.seen()));

    assertThat(new Drivers(shop).run(INTERVAL)).isZero();

    assertThat(State.of(shop)).isEqualTo(of.end());
  }
}
