package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.catalog.Branches;
import io.afp.core.ledger.Database;
import io.afp.core.testing.Halt;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Others are at work at the same time: a run is refused as a whole, or waits its turn, and never
 * mixes.
 */
final class ConflictIT {

  private static final int CONFLICT = 75;
  private static final String AT_THE_GATE =
      "NEW.phase = 'quality' AND NEW.table_name = 'customers'";

  @TempDir Path folder;

  @Test
  void aSecondRunOfThePipelineIsToldToComeBackLater() throws Exception {
    Shop shop = Shop.in(folder);
    Halt halt = Halt.at(shop.account(), "INSERT ON afp.step", AT_THE_GATE);
    ChildDriver first = ChildDriver.run(shop, "--interval", "2024-01");
    halt.await(first);

    ChildDriver second = ChildDriver.run(shop, "--interval", "2024-02");

    assertThat(second.exitCode()).as(second.log()).isEqualTo(CONFLICT);
    assertThat(second.log()).contains("AFP-RUN-002");
    halt.release();
    assertThat(first.exitCode()).as(first.log()).isZero();
  }

  @Test
  void aDriverThatLostItsLeaseCanNotPublish() throws Exception {
    Shop shop = Shop.in(folder);
    Halt halt = Halt.at(shop.account(), "INSERT ON afp.step", AT_THE_GATE);
    ChildDriver zombie = ChildDriver.run(shop, "--interval", "2024-01");
    halt.await(zombie);
    execute(shop, "UPDATE afp.lease SET token = nextval('afp.lease_token')");
    halt.release();

    assertThat(zombie.exitCode()).as(zombie.log()).isEqualTo(CONFLICT);
    assertThat(zombie.log()).contains("AFP-RUN-003");
    assertThat(State.lake(shop)).as("what main shows").isEmpty();
  }

  @Tag("long")
  @Test
  void aRunWhoseBranchIsDroppedEndsAndMainStaysAsItWas() throws Exception {
    Shop shop = Shop.in(folder);
    Halt halt =
        Halt.at(
            shop.account(),
            "INSERT ON afp.step",
            "NEW.phase = 'transform' AND NEW.state = 'running'");
    ChildDriver driver = ChildDriver.run(shop, "--interval", "2024-01");
    halt.await(driver);
    try (Database database = Database.open(shop.account(), "afp/test")) {
      Branches branches = new Branches(database);
      branches.left().forEach(branch -> branches.discard(branch.name()));
    }
    halt.release();

    assertThat(driver.exitCode()).as(driver.log()).isEqualTo(CONFLICT);
    assertThat(driver.log()).contains("AFP-CAT-001", "fenced or dropped by somebody else");
    assertThat(State.lake(shop)).as("what main shows").isEmpty();
  }

  @Test
  void aPublishIsRefusedAsAWholeWhenAnotherWriterMovedATable() throws Exception {
    Shop shop = Shop.in(folder);
    assertThat(ChildDriver.run(shop, "--interval", "2024-01").exitCode()).isZero();
    Map<String, List<String>> before = State.lake(shop);
    Halt halt =
        Halt.at(
            shop.account(),
            "INSERT ON afp.step",
            "NEW.phase = 'quality' AND NEW.table_name = 'orders'");
    ChildDriver driver = ChildDriver.run(shop, "--interval", "2024-02");
    halt.await(driver);
    shop.movePointer("core", "orders");
    halt.release();

    assertThat(driver.exitCode()).as(driver.log()).isEqualTo(CONFLICT);
    assertThat(driver.log()).contains("AFP-CAT-002");
    assertThat(State.lake(shop)).as("what main shows").isEqualTo(before);

    ChildDriver again = ChildDriver.run(shop, "--interval", "2024-02");
    assertThat(again.exitCode()).as(again.log()).isZero();
    assertThat(State.lake(shop).get("lake core.orders")).hasSize(4);
  }

  @Tag("long")
  @Test
  void aPublishIsRefusedWhenAnotherWriterMovedATableThatWasOnlyRead() throws Exception {
    Shop shop = Shop.in(folder);
    assertThat(ChildDriver.run(shop, "--interval", "2024-01").exitCode()).isZero();
    Map<String, List<String>> before = State.visible(shop);
    Halt halt =
        Halt.at(
            shop.account(),
            "INSERT ON afp.step",
            "NEW.phase = 'quality' AND NEW.table_name = 'orders'");
    ChildDriver driver = ChildDriver.run(shop, "--interval", "2024-02");
    halt.await(driver);
    shop.movePointer("raw", "customers");
    halt.release();

    assertThat(driver.exitCode()).as(driver.log()).isEqualTo(CONFLICT);
    assertThat(driver.log()).contains("AFP-CAT-002");
    assertThat(State.visible(shop)).as("what main shows and what is served").isEqualTo(before);
  }

  private static void execute(Shop shop, String sql) {
    try (Database database = Database.open(shop.account(), "afp/test")) {
      database.useTransaction(handle -> handle.execute(sql));
    }
  }
}
