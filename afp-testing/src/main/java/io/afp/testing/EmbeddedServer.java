package io.afp.testing;

import io.afp.core.ledger.EmbeddedPostgres;
import io.afp.core.testing.LedgerScripts;
import io.afp.core.testing.Sql;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres.Builder;
import java.io.IOException;
import java.nio.file.Files;

/** The Postgres of a project with an empty ledger, where a driver looks for it. */
record EmbeddedServer(io.zonky.test.db.postgres.embedded.EmbeddedPostgres server)
    implements AutoCloseable {

  static EmbeddedServer start(EmbeddedPostgres place) throws IOException {
    Files.createDirectories(place.home());
    // Whoever is on this machine may connect, so any password does; a driver wants one.
    Files.writeString(place.password(), EmbeddedPostgres.USER);
    Builder builder =
        io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
            .setDataDirectory(place.data());
    EmbeddedServer started = new EmbeddedServer(builder.start());
    Sql.execute(started.server.getJdbcUrl(EmbeddedPostgres.USER, "postgres"), LedgerScripts.all());
    return started;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
