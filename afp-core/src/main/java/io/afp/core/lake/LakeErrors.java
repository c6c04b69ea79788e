package io.afp.core.lake;

import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.Database;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/**
 * Tells what a failed action on the lake means for the user.
 *
 * <p>Callers catch {@code Exception}: Spark is Scala and throws checked exceptions that it does not
 * declare.
 */
public final class LakeErrors {

  private LakeErrors() {}

  /** An action on a table. */
  @FunctionalInterface
  public interface Action {
    void run() throws NoSuchTableException;
  }

  /** Runs the action, and gives its failure a code. */
  public static void run(TableName table, Action action) {
    try {
      action.run();
    } catch (NoSuchTableException e) {
      throw new AfpException(
          ErrorCode.INTERNAL,
          "Cannot write table %s: it vanished from the branch".formatted(table),
          "Run again.",
          e);
    } catch (Exception e) {
      throw translate("write table " + table, e);
    }
  }

  /** The failure of an action as one that names a code and a fix. */
  public static AfpException translate(String action, Throwable failure) {
    if (find(failure, AfpException.class) instanceof AfpException known) {
      return known;
    }
    if (Database.sqlState(failure).isPresent()) {
      return catalogFailure(action, failure);
    }
    Throwable io = storageFailure(failure);
    if (io != null) {
      return new AfpException(
          ErrorCode.WAREHOUSE_UNWRITABLE,
          "Cannot %s: %s".formatted(action, firstLine(io)),
          "Check space and rights of the warehouse, then run again.",
          failure);
    }
    if (find(failure, CommitFailedException.class) != null) {
      return new AfpException(
          ErrorCode.MAIN_MOVED,
          "Cannot %s: another writer commits to the branch (%s)"
              .formatted(action, firstLine(failure)),
          "Run again.",
          failure);
    }
    return new AfpException(
        ErrorCode.INTERNAL,
        "Cannot %s: %s".formatted(action, firstLine(failure)),
        "Run again; if it stays, report it with the log of the run.",
        failure);
  }

  private static AfpException catalogFailure(String action, Throwable failure) {
    String state = Database.sqlState(failure).orElse("");
    if (state.equals("55000")) {
      return new AfpException(
          ErrorCode.BRANCH_NOT_OPEN,
          "Cannot %s: the branch of this run was fenced by another driver".formatted(action),
          "Nothing was published. Run again when the other run has ended.",
          failure);
    }
    if (state.equals("42501")) {
      return new AfpException(
          ErrorCode.TABLE_OWNED,
          "Cannot %s: %s".formatted(action, firstLine(root(failure))),
          "Change the table by a run of the pipeline that owns it.",
          failure);
    }
    boolean gone = Database.isUnreachable(failure);
    return new AfpException(
        gone ? ErrorCode.LEDGER_UNREACHABLE : ErrorCode.LEDGER_FAILED,
        "Cannot %s: the catalog in Postgres fails (%s)".formatted(action, firstLine(root(failure))),
        "Check Postgres, then run again.",
        failure);
  }

  private static Throwable storageFailure(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      boolean disk =
          t instanceof FileSystemException
              || t instanceof RuntimeIOException
              || t instanceof java.io.UncheckedIOException
              || t instanceof IOException;
      if (disk) {
        return root(t);
      }
    }
    return null;
  }

  private static Throwable find(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return t;
      }
    }
    return null;
  }

  private static Throwable root(Throwable failure) {
    Throwable t = failure;
    while (t.getCause() != null) {
      t = t.getCause();
    }
    return t;
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return message.lines().findFirst().orElse("");
  }
}
