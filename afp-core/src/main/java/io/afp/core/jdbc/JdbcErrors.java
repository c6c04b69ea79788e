package io.afp.core.jdbc;

import io.afp.core.error.AfpException;
import io.afp.core.error.Causes;
import io.afp.core.error.ErrorCode;
import io.afp.core.settings.Addresses;
import io.afp.core.settings.ConnectionSettings;
import io.afp.core.settings.Secret;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.Optional;
import java.util.Set;

/** Tells from a SQLSTATE what a user can do about a failure of the database of a source. */
final class JdbcErrors {

  /** Of a database, a table and a column, under a SQLSTATE that stands for anything. */
  private static final Set<Integer> DENIED_BY_MYSQL = Set.of(1044, 1142, 1143);

  private JdbcErrors() {}

  static AfpException translate(ConnectionSettings settings, String action, Throwable failure) {
    Optional<AfpException> known = Causes.find(failure, AfpException.class);
    if (known.isPresent()) {
      return known.get();
    }
    Throwable first =
        Causes.find(failure, SQLException.class).map(Throwable.class::cast).orElse(failure);
    ErrorCode code = code(first);
    return new AfpException(
        code,
        "Cannot %s: %s (connection=%s, uri=%s)"
            .formatted(action, said(settings, first), settings.name(), shown(settings)),
        fix(code, settings.name()));
  }

  /** The cause is left out: drivers put the address with all its parameters into messages. */
  private static String said(ConnectionSettings settings, Throwable failure) {
    String text = Causes.firstLine(failure).replace(settings.uri(), shown(settings));
    return settings
        .password()
        .map(Secret::reveal)
        .filter(password -> !password.isEmpty())
        .map(password -> text.replace(password, "******"))
        .orElse(text);
  }

  static String shown(ConnectionSettings settings) {
    return Addresses.shown(settings.uri());
  }

  private static ErrorCode code(Throwable failure) {
    Optional<SQLException> sql = Causes.find(failure, SQLException.class);
    String state = sql.map(SQLException::getSQLState).orElse("");
    if (state.startsWith("28")
        || state.equals("42501")
        || state.equals("42000") && DENIED_BY_MYSQL.contains(sql.get().getErrorCode())
        || failure instanceof SQLInvalidAuthorizationSpecException) {
      return ErrorCode.SOURCE_DENIED;
    }
    if (state.startsWith("42") || state.startsWith("3D") || state.startsWith("3F")) {
      return ErrorCode.SOURCE_WRONG;
    }
    return state.startsWith("22") ? ErrorCode.SOURCE_FAILED : ErrorCode.SOURCE_UNREACHABLE;
  }

  private static String fix(ErrorCode code, String name) {
    return switch (code) {
      case SOURCE_DENIED ->
          "Check user, password and rights of connections.%s in afp.yaml.".formatted(name);
      case SOURCE_WRONG -> "Correct from.jdbc, or connections.%s in afp.yaml.".formatted(name);
      case SOURCE_FAILED -> "Correct the query, or the rows of the source that it fails on.";
      default ->
          "Look after the database, then run the same command again; nothing of the run is"
              + " visible.";
    };
  }
}
