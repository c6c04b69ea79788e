package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.Database.Account;
import io.afp.core.testing.Halt;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A shop whose January is published, on a Postgres of its own, which stops under a run. */
final class StoppedPostgres implements AutoCloseable {

  private final Path data;
  private final Shop shop;
  private final int port;
  private EmbeddedPostgres server;

  StoppedPostgres(Path folder) throws IOException {
    data = folder.resolve("postgres");
    server = start(EmbeddedPostgres.builder());
    port = server.getPort();
    shop = Shop.in(folder, account());
    shop.migrate();
    assertThat(new Drivers(shop).run("2024-01")).isZero();
  }

  private EmbeddedPostgres start(EmbeddedPostgres.Builder builder) throws IOException {
    return builder.setDataDirectory(data).setCleanDataDirectory(false).start();
  }

  private Account account() {
    return new Account(
        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port),
        Optional.of("postgres"),
        Optional.empty());
  }

  Shop shop() {
    return shop;
  }

  /** Stops the server when a run of February is at a statement; the driver of the run. */
  ChildDriver during(String event, String when) throws Exception {
    Halt halt = Halt.at(shop.account(), event, when);
    ChildDriver driver = ChildDriver.run(shop, "--interval", "2024-02");
    halt.await(driver);
    server.close();
    return driver;
  }

  void startAgain() throws Exception {
    server = start(EmbeddedPostgres.builder().setPort(port));
    Halt.forget(shop.account());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
