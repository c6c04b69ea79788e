package io.afp.core.settings;

import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problems;
import io.afp.core.settings.S3Settings.Keys;
import java.util.Map;
import java.util.Optional;

/** Makes the settings of S3 of their values. */
record S3Reader(Map<String, String> values, Map<String, Origin> origins, Problems problems) {

  private static final String ACCESS_KEY = "s3.access_key";
  private static final String SECRET_KEY = "s3.secret_key";
  private static final String SESSION_TOKEN = "s3.session_token";

  /** Empty where nothing says that S3 is used. */
  Optional<S3Settings> read(String warehouse) {
    if (!values.containsKey("s3") && !S3Settings.isAddress(warehouse)) {
      return Optional.empty();
    }
    requireTogether(ACCESS_KEY, SECRET_KEY);
    requireTogether(SECRET_KEY, ACCESS_KEY);
    requireTogether(SESSION_TOKEN, SECRET_KEY);
    Optional<String> endpoint = value("s3.endpoint");
    boolean pathStyle = value("s3.path_style").map("true"::equals).orElse(endpoint.isPresent());
    return Optional.of(new S3Settings(endpoint, value("s3.region"), pathStyle, keys()));
  }

  private Optional<Keys> keys() {
    return value(ACCESS_KEY)
        .flatMap(access -> value(SECRET_KEY).map(secret -> keys(access, secret)));
  }

  private Keys keys(String access, String secret) {
    return new Keys(Secret.of(access), Secret.of(secret), value(SESSION_TOKEN).map(Secret::of));
  }

  private void requireTogether(String key, String needed) {
    if (values.containsKey(key) && !values.containsKey(needed)) {
      problems.error(
          ErrorCode.SETTING_WRONG,
          "Cannot use %s: %s is missing".formatted(key, needed),
          origins.get(key).location(),
          "Write both, or neither: then the account is found by AWS's own rules.");
    }
  }

  private Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
  }
}
