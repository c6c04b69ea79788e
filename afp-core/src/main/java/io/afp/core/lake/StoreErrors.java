package io.afp.core.lake;

import io.afp.core.error.AfpException;
import io.afp.core.error.Causes;
import io.afp.core.error.ErrorCode;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what an object store means by its refusal. The classes of its SDKs are known by name alone,
 * because most drivers have none of them.
 */
final class StoreErrors {

  private static final Pattern SDK =
      Pattern.compile(
          "com\\.amazonaws\\.|software\\.amazon\\.|org\\.apache\\.hadoop\\.fs\\.s3a\\.");

  /** A connection that ends too early is told by Java, or by the client of HTTP in an SDK. */
  private static final Pattern CONNECTION =
      Pattern.compile(
          "java\\.net\\..*|javax\\.net\\.ssl\\..*|(.*\\.)?org\\.apache\\.(http|hc)\\..*");

  private static final Pattern STATUS = Pattern.compile("Status Code: (\\d{3})");

  /** What a HEAD is answered with for a token that has expired: an answer to it has no words. */
  private static final Pattern NO_WORDS =
      Pattern.compile(
          "(?s).*(Error Code: 400 Bad Request|null \\(Service: \\w+, Status Code: 400).*");

  private static final Pattern NO_ACCOUNT =
      Pattern.compile("(?is).*(credentials|ExpiredToken|InvalidToken|token.*expired).*");

  /** What the SDKs say where no region is known, and S3 where it is another one. */
  private static final Pattern REGION =
      Pattern.compile(
          "Unable to (find a region via the region provider chain"
              + "|load region (information )?from any (of the providers|provider) in the chain)"
              + "|the region '[^']*' is wrong; expecting '");

  private static final Pattern NO_CLASS =
      Pattern.compile(".*(hadoop[./]fs[./]s3a|software[./]amazon|com[./]amazonaws).*");
  private static final Pattern NO_SCHEME =
      Pattern.compile("No FileSystem for scheme \"?s3[an]?\"?");

  /** What the SDKs say behind their sentence, for the support of AWS. */
  private static final Pattern DETAILS = Pattern.compile("\\s*\\(Service: .*", Pattern.DOTALL);

  private StoreErrors() {}

  /** The refusal in a failure; empty when there is none. */
  static Optional<AfpException> find(String action, Throwable failure) {
    return Causes.of(failure)
        .flatMap(cause -> code(cause).map(code -> error(code, action, cause, failure)).stream())
        .findFirst();
  }

  private static AfpException error(
      ErrorCode code, String action, Throwable cause, Throwable failure) {
    String said = DETAILS.matcher(Causes.firstLine(cause)).replaceFirst("");
    return new AfpException(code, "Cannot %s: %s".formatted(action, said), fix(code), failure);
  }

  private static String fix(ErrorCode code) {
    return switch (code) {
      case STORE_DENIED ->
          "Check the keys under s3 of afp.yaml, that they have not expired, and the rights of the"
              + " account.";
      case STORE_MISSING ->
          "Make the bucket, or correct its name, s3.endpoint or s3.region in afp.yaml.";
      case STORE_UNSUPPORTED ->
          "Write `s3: {}` into afp.yaml, so that `afp` adds the jars; with spark-submit give them"
              + " by --jars.";
      default -> "Check s3.endpoint in afp.yaml and the network, then run again.";
    };
  }

  private static Optional<ErrorCode> code(Throwable cause) {
    String said = String.valueOf(cause.getMessage());
    boolean noClass =
        cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError;
    if (noClass && NO_CLASS.matcher(said).matches() || NO_SCHEME.matcher(said).find()) {
      return Optional.of(ErrorCode.STORE_UNSUPPORTED);
    }
    String name = cause.getClass().getName();
    if (SDK.matcher(name).lookingAt()) {
      return refusal(cause.getClass().getSimpleName(), said);
    }
    return CONNECTION.matcher(name).matches() && isOfStore(cause)
        ? Optional.of(ErrorCode.STORE_UNREACHABLE)
        : Optional.empty();
  }

  private static boolean isOfStore(Throwable cause) {
    return Arrays.stream(cause.getStackTrace())
        .anyMatch(at -> SDK.matcher(at.getClassName()).lookingAt());
  }

  private static Optional<ErrorCode> refusal(String name, String said) {
    return switch (name) {
      case "UnknownStoreException", "NoSuchBucketException" -> Optional.of(ErrorCode.STORE_MISSING);
      default -> refusal(said);
    };
  }

  private static Optional<ErrorCode> refusal(String said) {
    if (NO_ACCOUNT.matcher(said).matches() || NO_WORDS.matcher(said).matches()) {
      return Optional.of(ErrorCode.STORE_DENIED);
    }
    if (REGION.matcher(said).find()) {
      return Optional.of(ErrorCode.STORE_MISSING);
    }
    Matcher status = STATUS.matcher(said);
    if (status.find()) {
      return ofStatus(Integer.parseInt(status.group(1)));
    }
    return said.contains("Unable to execute HTTP request")
            || said.contains("Data read has a different length")
        ? Optional.of(ErrorCode.STORE_UNREACHABLE)
        : Optional.empty();
  }

  private static Optional<ErrorCode> ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> Optional.of(ErrorCode.STORE_DENIED);
      case 301, 307 -> Optional.of(ErrorCode.STORE_MISSING);
      case 404 -> Optional.empty(); // an object, which others tell better
      case 429 -> Optional.of(ErrorCode.STORE_UNREACHABLE);
      default -> status >= 500 ? Optional.of(ErrorCode.STORE_UNREACHABLE) : Optional.empty();
    };
  }
}
