package io.afp.core.lake;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows an executor on a Java that is too old by what its tasks end in. */
final class OldJava {

  private static final Pattern SAID =
      Pattern.compile("UnsupportedClassVersionError.* class file versions up to (\\d+)");

  /** Class files of Java 1 had the version 45. */
  private static final int BEFORE_JAVA_1 = 44;

  private OldJava() {}

  static Optional<AfpException> find(String action, Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      Matcher said = SAID.matcher(String.valueOf(t.getMessage()));
      if (said.find()) {
        return Optional.of(
            new AfpException(
                ErrorCode.OTHER_RUNTIME,
                "Cannot %s: an executor runs on a Java that is too old (needed=17, found=%d)"
                    .formatted(action, Integer.parseInt(said.group(1)) - BEFORE_JAVA_1),
                "Let JAVA_HOME of all executors name a Java 17, by the image or by spark.executorEnv.JAVA_HOME.",
                failure));
      }
    }
    return Optional.empty();
  }
}
