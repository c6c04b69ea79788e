package io.afp.quality;

import io.afp.core.error.AfpException;
import io.afp.core.error.Causes;
import io.afp.core.error.ErrorCode;
import io.afp.core.jdbc.Connector;
import io.afp.core.lake.LakeErrors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.spark.sql.AnalysisException;

/** Tells what it means that rows which arguments name can't be read. */
final class Unreadable {

  /** The name of a connection that is no setting but an address on the command line. */
  static final String ADDRESS = "--database";

  /** Whether a failure, or one that caused it, means something. */
  private record Meaning(Predicate<Throwable> failure, ErrorCode code, String fix) {}

  /** Of SQL Server, for nearly anything. */
  private static final Set<String> VAGUE = Set.of("S0001", "S0002");

  private static final String GONE = "Name rows that are there.";
  private static final String LATER =
      "Look after what holds the rows, then run the same command again.";

  /** The first one that fits counts. */
  private static final List<Meaning> MEANINGS =
      List.of(
          new Meaning(
              is(ClassNotFoundException.class),
              ErrorCode.USAGE,
              "Name a format that Spark knows by --reader, or give Spark the jar of it."),
          new Meaning(
              is(ForbiddenException.class).or(is(NotAuthorizedException.class)),
              ErrorCode.STORE_DENIED,
              "Have the right to read the table given to the account of the catalog."),
          new Meaning(is(SQLException.class), ErrorCode.SOURCE_UNREACHABLE, LATER),
          new Meaning(
              is(SocketException.class)
                  .or(Unreadable::isOfThrift)
                  .or(is(SocketTimeoutException.class))
                  .or(is(UnknownHostException.class)),
              ErrorCode.STORE_UNREACHABLE,
              LATER),
          new Meaning(is(AnalysisException.class).or(Unreadable::isGone), ErrorCode.NO_INPUT, GONE),
          new Meaning(
              is(IOException.class).or(Unreadable::isOfData),
              ErrorCode.INPUT_UNREADABLE,
              "Get the files again, or have the right to read them; --reader and --option have to"
                  + " fit them."));

  private Unreadable() {}

  private static Predicate<Throwable> is(Class<? extends Throwable> type) {
    return type::isInstance;
  }

  /** The client of a Hive metastore. */
  private static boolean isOfThrift(Throwable failure) {
    return failure.getClass().getName().startsWith("org.apache.thrift.");
  }

  /** Whether something outside of Spark failed: a store, a database or a catalog. */
  static boolean isOutside(Throwable failure) {
    return Causes.of(failure)
        .anyMatch(t -> t instanceof IOException || t instanceof SQLException || isOfThrift(t));
  }

  /** Of a file that may not be read the same exception is thrown. */
  private static boolean isGone(Throwable failure) {
    boolean missing =
        failure instanceof FileNotFoundException || failure instanceof NoSuchFileException;
    return missing && !Causes.firstLine(failure).contains("Permission denied");
  }

  /** Whether Spark failed on the rows themselves. */
  static boolean isOfData(Throwable failure) {
    return LakeErrors.translate("read", failure).code() == ErrorCode.MODEL_FAILED;
  }

  /** Files, or a table of a catalog of Spark. */
  static AfpException files(String what, Exception failure) {
    String action = "read " + what;
    return LakeErrors.known(action, failure)
        .or(() -> said(action, failure))
        .orElseGet(() -> LakeErrors.translate(action, failure));
  }

  private static Optional<AfpException> said(String action, Exception failure) {
    return MEANINGS.stream()
        .flatMap(meaning -> said(action, failure, meaning).stream())
        .findFirst();
  }

  /** The cause is told: the failure of a task hides what it was that failed. */
  private static Optional<AfpException> said(String action, Exception failure, Meaning meaning) {
    return Causes.of(failure)
        .filter(meaning.failure())
        .reduce((outer, inner) -> inner)
        .map(
            cause ->
                new AfpException(
                    meaning.code(),
                    "Cannot %s: %s".formatted(action, Causes.firstLine(cause)),
                    meaning.fix(),
                    failure));
  }

  /** A table of a database. No secret of the connection is told. */
  static AfpException database(Connector connector, String table, Exception failure) {
    Optional<AfpException> known = Causes.find(failure, AfpException.class);
    Optional<SQLException> sql = Causes.find(failure, SQLException.class);
    return known
        .or(() -> sql.map(e -> connection(connector.settings().name(), said(connector, table, e))))
        .orElseGet(() -> files(table, failure));
  }

  /** Some drivers say by no state, or a vague one, that there is no such table. */
  private static AfpException said(Connector connector, String table, SQLException e) {
    AfpException failure = connector.failure("read " + table, e);
    boolean vague = e.getSQLState() == null || VAGUE.contains(e.getSQLState());
    return vague && failure.code() == ErrorCode.SOURCE_UNREACHABLE && opens(connector)
        ? new AfpException(ErrorCode.SOURCE_WRONG, failure.reason(), "")
        : failure;
  }

  private static boolean opens(Connector connector) {
    try (Connection open = connector.open()) {
      return open != null;
    } catch (AfpException | SQLException e) {
      return false;
    }
  }

  /** A failure of a connection, with a fix for where its settings stand. */
  static AfpException connection(String name, AfpException failure) {
    String place =
        name.equals(ADDRESS)
            ? "--database, --user and --password-env"
            : "connections.%s in afp.yaml".formatted(name);
    return new AfpException(failure.code(), failure.reason(), fix(failure.code(), place));
  }

  private static String fix(ErrorCode code, String place) {
    return switch (code) {
      case DRIVER_MISSING ->
          "Name the jar of the driver in classpath of afp.yaml, or give it to spark-submit by"
              + " --jars; correct %s.".formatted(place);
      case SOURCE_DENIED -> "Check user, password and rights: %s.".formatted(place);
      case SOURCE_WRONG -> "Correct --dbtable, or %s.".formatted(place);
      case SOURCE_FAILED -> "Correct --dbtable, or the rows that the database fails on.";
      case UNKNOWN_CONNECTION -> "Name a database: correct %s.".formatted(place);
      default -> "Look after the database, then run the same command again.";
    };
  }
}
