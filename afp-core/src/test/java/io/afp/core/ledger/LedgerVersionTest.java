package io.afp.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import io.afp.core.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class LedgerVersionTest {

  @Test
  void theMigratedLedgerIsTheOneThatAfpWorksWith(TestLake lake) {
    assertThatCode(() -> LedgerVersion.require(lake.database())).doesNotThrowAnyException();
  }

  @Test
  void aLedgerOfTheFutureIsRefused(TestLake lake) {
    lake.database().useTransaction(h -> h.execute("INSERT INTO afp.ledger_version VALUES (99)"));
    assertThatThrownBy(() -> LedgerVersion.require(lake.database()))
        .hasMessageContaining("it has another version (found=99, needed=" + LedgerVersion.CURRENT);
  }

  @Test
  void aDatabaseWithoutALedgerHasVersionZero() {
    Database.Account account = TestPostgres.empty();
    try (Database database = Database.open(account, "test")) {
      assertThat(LedgerVersion.found(database)).isZero();
    }
    TestPostgres.drop(account);
  }
}
