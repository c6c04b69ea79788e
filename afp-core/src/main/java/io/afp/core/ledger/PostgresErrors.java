package io.afp.core.ledger;

import static io.afp.core.error.Causes.find;
import static io.afp.core.error.Causes.firstLine;
import static io.afp.core.error.Causes.root;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.settings.Addresses;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** Tells from a SQLSTATE what a user can do about a failure of Postgres. */
final class PostgresErrors {

  /** A lock that was not given in time, a deadlock, a transaction that must be done again. */
  private static final Set<String> BUSY = Set.of("55P03", "40P01", "40001");

  private PostgresErrors() {}

  static AfpException translate(Throwable failure, String uri) {
    String reason = firstLine(root(failure));
    String address = Addresses.shown(uri);
    ErrorCode code = code(failure);
    return switch (code) {
      case LEDGER_UNREACHABLE ->
          new AfpException(
              code,
              "Cannot reach Postgres: %s (uri=%s)".formatted(reason, address),
              "Start Postgres or correct the address, then run the same command again.",
              failure);
      case LEDGER_DENIED ->
          new AfpException(
              code,
              "Cannot use Postgres: %s (uri=%s)".formatted(reason, address),
              "Check user, password and rights of the account.",
              failure);
      case LEDGER_BUSY ->
          new AfpException(
              code,
              "Cannot execute a statement on the ledger: %s".formatted(reason),
              "Run the same command again; the other transaction has ended by then.",
              failure);
      default ->
          new AfpException(
              code,
              "Cannot execute a statement on the ledger: %s (sqlstate=%s)"
                  .formatted(reason, Database.sqlState(failure).orElse("")),
              "Run the same command again; if it stays, report it with the log of the run.",
              failure);
    };
  }

  /** What a failure means for the user, by its SQLSTATE. */
  static ErrorCode code(Throwable failure) {
    String state = Database.sqlState(failure).orElse("");
    if (isUnreachable(failure)) {
      return ErrorCode.LEDGER_UNREACHABLE;
    }
    if (isDenied(state)) {
      return ErrorCode.LEDGER_DENIED;
    }
    return BUSY.contains(state) ? ErrorCode.LEDGER_BUSY : ErrorCode.LEDGER_FAILED;
  }

  private static boolean isDenied(String state) {
    return state.startsWith("28") || state.equals("42501");
  }

  /** Whether a server that answers so will soon answer otherwise. */
  static boolean passes(Throwable failure) {
    String state = Database.sqlState(failure).orElse("");
    return state.startsWith("57P") || state.startsWith("53");
  }

  static boolean isUnreachable(Throwable failure) {
    String state = Database.sqlState(failure).orElse("");
    boolean gone = state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    return gone
        || !isDenied(state) && find(failure, SQLTransientConnectionException.class).isPresent();
  }
}
