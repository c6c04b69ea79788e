package io.afp.serving;

import static io.afp.core.error.Causes.find;
import static io.afp.core.error.Causes.firstLine;
import static io.afp.core.error.Causes.root;

import io.afp.core.definition.ServeDef;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.ledger.Database;
import java.util.Map;
import java.util.Set;

/** Tells what a failed load means for the user. What was served before is still served. */
final class ServingErrors {

  private static final String AGAIN =
      "What was served before is still there. Run again: only serving is done.";

  private static final Map<String, String> BLOCKED =
      Map.of(
          "42809", "Rename or drop what has the name of the served table.",
          "42704", "Create the role, or take it out of serve.grants.",
          "2BP01",
              "Drop the views that depend on what is served, because its columns changed; make them again afterwards.",
          "3F000", "Create the schema, or give the account the right to.",
          "3D000", "Create the database, or correct serving.uri.");

  /** A key of the table that is not unique over all its rows, or has nulls. */
  private static final Set<String> KEY_BROKEN = Set.of("23505", "23502");

  /** Values that Postgres does not take, such as a date before its first one. */
  private static final String DATA_CLASS = "22";

  private ServingErrors() {}

  static AfpException translate(TableDef table, ServeDef serve, Exception failure) {
    if (failure instanceof AfpException known) {
      return known;
    }
    String state = Database.sqlState(failure).orElse("");
    if (find(failure, CopyText.NotStorable.class).isPresent() || state.startsWith(DATA_CLASS)) {
      return failure(
          ErrorCode.VALUE_NOT_SERVABLE,
          table,
          serve,
          failure,
          "Clean the value in the query of the table.");
    }
    if (KEY_BROKEN.contains(state)) {
      return failure(
          ErrorCode.VALUE_NOT_SERVABLE,
          table,
          serve,
          failure,
          "The key %s must be unique over all rows of the table: correct it, or the query."
              .formatted(table.rowKey()));
    }
    if (Database.isUnreachable(failure)) {
      return failure(ErrorCode.SERVING_UNREACHABLE, table, serve, failure, AGAIN);
    }
    if (state.startsWith("28") || state.equals("42501")) {
      return failure(
          ErrorCode.SERVING_DENIED,
          table,
          serve,
          failure,
          "Give the account of serving the right.");
    }
    if (BLOCKED.containsKey(state)) {
      return failure(ErrorCode.SERVING_BLOCKED, table, serve, failure, BLOCKED.get(state));
    }
    return failure(ErrorCode.SERVING_FAILED, table, serve, failure, AGAIN);
  }

  private static AfpException failure(
      ErrorCode code, TableDef table, ServeDef serve, Exception cause, String fix) {
    return new AfpException(
        code,
        "Cannot serve table %s as %s: %s"
            .formatted(table.name(), serve.target(), firstLine(root(cause))),
        fix,
        cause);
  }

  static AfpException incomplete(TableDef table, long copied, long rows) {
    return AfpException.at(
        Location.file(table.file()),
        ErrorCode.SERVING_FAILED,
        "Cannot serve table %s: not all rows arrived (copied=%d, rows=%d)"
            .formatted(table.name(), copied, rows),
        AGAIN);
  }
}
