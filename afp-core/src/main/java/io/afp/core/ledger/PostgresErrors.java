package io.afp.core.ledger;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.sql.SQLTransientConnectionException;

/** Tells from a SQLSTATE what a user can do about a failure of Postgres. */
final class PostgresErrors {

  private PostgresErrors() {}

  static AfpException translate(Throwable failure, String uri) {
    String state = Database.sqlState(failure).orElse("");
    String reason = reason(failure);
    if (isUnreachable(failure)) {
      return new AfpException(
          ErrorCode.LEDGER_UNREACHABLE,
          "Cannot reach Postgres: %s (uri=%s)".formatted(reason, withoutParameters(uri)),
          "Start Postgres or correct the address, then run the same command again.",
          failure);
    }
    if (isDenied(state)) {
      return new AfpException(
          ErrorCode.LEDGER_DENIED,
          "Cannot use Postgres: %s (uri=%s)".formatted(reason, withoutParameters(uri)),
          "Check user, password and rights of the account.",
          failure);
    }
    return new AfpException(
        ErrorCode.LEDGER_FAILED,
        "Cannot execute a statement on the ledger: %s (sqlstate=%s)".formatted(reason, state),
        "Run the same command again; if it stays, report it with the log of the run.",
        failure);
  }

  private static boolean isDenied(String state) {
    return state.startsWith("28") || state.equals("42501");
  }

  static boolean isUnreachable(Throwable failure) {
    String state = Database.sqlState(failure).orElse("");
    boolean gone = state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    return gone || !isDenied(state) && causedBy(failure, SQLTransientConnectionException.class);
  }

  private static boolean causedBy(Throwable failure, Class<?> type) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return text.lines().findFirst().orElse("");
  }

  /** Parameters of a JDBC address may hold a password. */
  private static String withoutParameters(String uri) {
    int question = uri.indexOf('?');
    return question < 0 ? uri : uri.substring(0, question);
  }
}
