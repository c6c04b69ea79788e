package io.afp.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.settings.Secret;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class LeaseOfAnotherAccountTest {

  private static final String ROLE = "afp_test_colleague";

  @Test
  void isNotTakenWhileItIsHeld(TestLake lake) {
    createRole(lake);
    String uri = lake.account().uri().replaceFirst("\\?.*", "");
    Database.Account colleague =
        new Database.Account(uri, Optional.of(ROLE), Optional.of(Secret.of("colleague")));
    LeaseKeeper keeper = take(lake.database()).orElseThrow();
    try (Database database = Database.open(colleague, "test")) {
      assertThat(take(database))
          .as("to him, Postgres shows the process of the holder, but not since when it lives")
          .isEmpty();
      keeper.close();
      take(database).orElseThrow().close();
    } finally {
      keeper.close();
      dropRole(lake);
    }
  }

  private static Optional<LeaseKeeper> take(Database database) {
    return LeaseKeeper.tryTake(database, "flights", UUID.randomUUID());
  }

  private static void createRole(TestLake lake) {
    lake.database()
        .useTransaction(
            handle -> {
              handle.execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD 'colleague'");
              handle.execute("GRANT USAGE ON SCHEMA afp TO " + ROLE);
              handle.execute("GRANT ALL ON ALL TABLES IN SCHEMA afp TO " + ROLE);
              handle.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA afp TO " + ROLE);
            });
  }

  private static void dropRole(TestLake lake) {
    lake.database()
        .useTransaction(
            handle -> {
              handle.execute("DROP OWNED BY " + ROLE);
              handle.execute("DROP ROLE " + ROLE);
            });
  }
}
