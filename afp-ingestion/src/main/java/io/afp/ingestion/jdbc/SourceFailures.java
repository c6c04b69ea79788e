package io.afp.ingestion.jdbc;

import io.afp.core.error.AfpException;
import io.afp.core.error.Causes;
import io.afp.core.lake.LakeErrors;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/** Tells a failure of the source from one of the catalog, which is a database, too. */
final class SourceFailures {

  private static final String READER = "org.apache.spark.sql.execution.datasources.jdbc.";
  private static final String OWN = "io.afp.ingestion.jdbc.";

  private SourceFailures() {}

  static AfpException translate(SourceSession session, Exception failure) {
    String action = "read source %s".formatted(session.table().name());
    Optional<Throwable> ofReader =
        Causes.of(failure).filter(t -> t instanceof SQLException && isOfReader(t)).findFirst();
    if (ofReader.isPresent()) {
      return session.connector().failure(action, ofReader.get());
    }
    Optional<AfpException> known = Causes.find(failure, AfpException.class);
    return known.isEmpty() && diedInTask(failure)
        ? session.connector().failure(action, new SQLException(Causes.firstLine(failure)))
        : LakeErrors.translate("fill table " + session.table().name(), failure);
  }

  private static boolean isOfReader(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .anyMatch(at -> at.getClassName().startsWith(READER) || at.getClassName().startsWith(OWN));
  }

  /** What an executor can't send as an object comes as the text of its stack. */
  private static boolean diedInTask(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    return text.contains(READER) && text.contains("SQLException");
  }
}
