package io.afp.core.ledger;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;

/**
 * The version of the ledger's tables. Drivers only check it; the command {@code afp db migrate}
 * changes it.
 */
public final class LedgerVersion {

  /** The version that this AFP works with. */
  public static final int CURRENT = 10;

  private LedgerVersion() {}

  /**
   * Checks that the ledger has the version that this AFP works with.
   *
   * @throws AfpException if it has not
   */
  public static void require(Database database) {
    int found = found(database);
    if (found != CURRENT) {
      throw new AfpException(
          ErrorCode.LEDGER_VERSION,
          "Cannot use the ledger: it has another version (found=%d, needed=%d)"
              .formatted(found, CURRENT),
          found < CURRENT ? "Run `afp db migrate`." : "Use a newer AFP.");
    }
  }

  /** The version of the ledger in this database; 0 where there is none. */
  public static int found(Database database) {
    return database.inTransaction(
        handle -> {
          boolean exists =
              handle
                  .createQuery("SELECT to_regclass('afp.ledger_version') IS NOT NULL")
                  .mapTo(Boolean.class)
                  .one();
          return exists
              ? handle
                  .createQuery("SELECT max(version) FROM afp.ledger_version")
                  .mapTo(Integer.class)
                  .one()
              : 0;
        });
  }
}
