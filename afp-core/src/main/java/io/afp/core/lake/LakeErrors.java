package io.afp.core.lake;

import static io.afp.core.error.Causes.find;
import static io.afp.core.error.Causes.firstLine;
import static io.afp.core.error.Causes.root;

import io.afp.core.catalog.Branches;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.Causes;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/**
 * Tells what a failed action on the lake means for the user.
 *
 * <p>Callers catch {@code Exception}: Spark is Scala and throws checked exceptions that it does not
 * declare.
 */
public final class LakeErrors {

  /** The SQLSTATEs of the guard of the catalog's tables. */
  private static final String OWNED = "AFP01";

  private static final String NOT_OPEN = "AFP02";

  /** What Iceberg calls the catalog of a branch; after a slash it is the container of a store. */
  private static final Pattern BRANCH =
      Pattern.compile("(?<![\\w/.-])" + Branches.catalogName("\\w+"));

  private LakeErrors() {}

  /** An action on a table. */
  @FunctionalInterface
  public interface Action {
    void run() throws AnalysisException;
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
    Optional<AfpException> known = known(action, failure);
    if (known.isPresent()) {
      return known.get();
    }
    if (Database.sqlState(failure).isPresent()) {
      return catalogFailure(action, failure);
    }
    Optional<Throwable> io = storageFailure(failure);
    if (io.isPresent()) {
      return new AfpException(
          ErrorCode.WAREHOUSE_UNWRITABLE,
          "Cannot %s: %s".formatted(action, said(io.get())),
          "Check space and rights of the warehouse, then run again.",
          failure);
    }
    if (find(failure, CommitFailedException.class).isPresent()) {
      return new AfpException(
          ErrorCode.MAIN_MOVED,
          "Cannot %s: another writer commits to the branch (%s)".formatted(action, said(failure)),
          "Run again.",
          failure);
    }
    Optional<Throwable> data = dataFailure(failure);
    if (data.isPresent()) {
      return new AfpException(
          ErrorCode.MODEL_FAILED,
          "Cannot %s: the query fails on its data (%s)".formatted(action, said(data.get())),
          "Correct the query, or the rows that it reads; nothing was published.",
          failure);
    }
    return new AfpException(
        ErrorCode.INTERNAL,
        "Cannot %s: %s".formatted(action, said(failure)),
        "Run again; if it stays, report it with the log of the run.",
        failure);
  }

  /** A failure that says itself what it means, the refusal of an object store, or an old Java. */
  public static Optional<AfpException> known(String action, Throwable failure) {
    return find(failure, AfpException.class)
        .or(() -> StoreErrors.find(action, failure))
        .or(() -> OldJava.find(action, failure));
  }

  /** The failure of an action on a branch that takes no commits any more. */
  public static AfpException branchGone(String action, Throwable failure) {
    return new AfpException(
        ErrorCode.BRANCH_NOT_OPEN,
        "Cannot %s: the branch of this run was fenced or dropped by somebody else"
            .formatted(action),
        "Nothing was published. Run again when the other run has ended.",
        failure);
  }

  /** Users know one catalog; which branch of it a run works on is in the log. */
  private static String said(Throwable failure) {
    return BRANCH.matcher(firstLine(failure)).replaceAll(Branches.MAIN);
  }

  private static AfpException catalogFailure(String action, Throwable failure) {
    String state = Database.sqlState(failure).orElse("");
    if (state.equals(NOT_OPEN)) {
      return branchGone(action, failure);
    }
    if (state.equals(OWNED)) {
      return new AfpException(
          ErrorCode.TABLE_OWNED,
          "Cannot %s: %s".formatted(action, said(root(failure))),
          "Change the table by a run of the pipeline that owns it.",
          failure);
    }
    return new AfpException(
        Database.errorCode(failure),
        "Cannot %s: the catalog in Postgres fails (%s)".formatted(action, said(root(failure))),
        "Check Postgres and the rights of the account, then run again.",
        failure);
  }

  /**
   * What an expression says of the values that it got: an error of Spark with a class of its own,
   * such as an overflow, a function of the user, or {@code raise_error}, whose exception is a plain
   * one.
   */
  private static Optional<Throwable> dataFailure(Throwable failure) {
    return Causes.of(failure).filter(LakeErrors::isOfData).findFirst();
  }

  private static boolean isOfData(Throwable failure) {
    boolean named =
        failure instanceof SparkThrowable spark
            && spark.getErrorClass() != null
            && !spark.isInternalError();
    return named || failure.getCause() == null && failure.getClass().equals(RuntimeException.class);
  }

  private static Optional<Throwable> storageFailure(Throwable failure) {
    return Causes.of(failure).filter(LakeErrors::isOfStorage).findFirst().map(Causes::root);
  }

  private static boolean isOfStorage(Throwable failure) {
    return failure instanceof IOException
        || failure instanceof UncheckedIOException
        || failure instanceof RuntimeIOException;
  }
}
