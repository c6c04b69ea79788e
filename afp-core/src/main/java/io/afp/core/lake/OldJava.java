package io.afp.core.lake;

import io.afp.core.error.AfpException;
import io.afp.core.error.Causes;
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
    return Causes.of(failure)
        .map(cause -> SAID.matcher(String.valueOf(cause.getMessage())))
        .filter(Matcher::find)
        .map(said -> error(action, said, failure))
        .findFirst();
  }

  private static AfpException error(String action, Matcher said, Throwable failure) {
    return new AfpException(
        ErrorCode.OTHER_RUNTIME,
        "Cannot %s: an executor runs on a Java that is too old (needed=17, found=%d)"
            .formatted(action, Integer.parseInt(said.group(1)) - BEFORE_JAVA_1),
        "Let JAVA_HOME of all executors name a Java 17, by the image or by spark.executorEnv.JAVA_HOME.",
        failure);
  }
}
