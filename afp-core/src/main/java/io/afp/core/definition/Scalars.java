package io.afp.core.definition;

import io.afp.core.definition.PipelineDef.Freshness;
import io.afp.core.yaml.Scalar;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The single values of the language. */
final class Scalars {

  private static final String JAVA_NAME =
      "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*";
  private static final Pattern CLASS_NAME = Pattern.compile(JAVA_NAME + "(\\." + JAVA_NAME + ")*");
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?) ?%");

  private static final Pattern BYTES = Pattern.compile("([1-9]\\d{0,4}) ?(KB|MB|GB)");

  static final Scalar<String> TEXT = Scalar.text("a text");
  static final Scalar<String> COLUMN = Scalar.text("a column");
  static final Scalar<String> LITERAL = Scalar.text("a value");
  static final Scalar<String> IDENTIFIER =
      Scalar.parsed("a lower-case name of [a-z][a-z0-9_]*", Scalars::identifier)
          .like(TableName.IDENTIFIER);
  static final Scalar<String> CLASS =
      Scalar.parsed("a class such as com.acme.Sessions", Scalars::className);
  static final Scalar<TableName> SERVED =
      Scalar.parsed("schema.name", TableName::parse).like(TableName.WHOLE);
  static final Scalar<ColumnType> TYPE =
      Scalar.parsed(
              "boolean, int, long, float, double, \"decimal(10,2)\" in quotes, string, date,"
                  + " timestamp, timestamp_ntz or binary",
              Scalars::type)
          .like(ColumnType.WRITTEN);
  static final Scalar<BigDecimal> SHARE =
      Scalar.parsed("a share such as 99.9%", Scalars::share).like(PERCENT);
  static final Scalar<Long> SIZE =
      Scalar.parsed("a size in KB, MB or GB of 1024 such as 128MB", Scalars::size).like(BYTES);
  static final Scalar<ZoneId> ZONE =
      Scalar.parsed("a time zone such as Europe/Berlin", Scalars::zone);
  static final Scalar<Duration> DURATION =
      Scalar.parsed("an ISO-8601 duration such as PT30M", Scalars::duration);
  static final Scalar<Freshness> FRESHNESS =
      Scalar.parsed("an ISO-8601 duration such as P3D or P1DT6H", Scalars::freshness);

  static final Scalar<TimeToLive> TIME_TO_LIVE =
      Scalar.parsed("forever, or an ISO-8601 duration such as P90D", TimeToLive::parse);

  static final Scalar<String> CRON =
      Scalar.parsed(
          "five fields of cron such as \"0 3 2 * *\": minute, hour, day, month, weekday",
          Cron::require);

  private static final Pattern PERIOD = Pattern.compile("(P(?!$)[^T]*)(?:T(.+))?");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Scalars() {}

  private static String identifier(String text) {
    if (!TableName.isIdentifier(text)) {
      refuse("'%s' is not a lower-case name of [a-z][a-z0-9_]*".formatted(text));
    }
    return text;
  }

  private static String className(String text) {
    if (!CLASS_NAME.matcher(text).matches()) {
      refuse("'%s' is not the name of a class".formatted(text));
    }
    return text;
  }

  private static ColumnType type(String text) {
    return ColumnType.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("'%s' is not a type".formatted(text)));
  }

  private static BigDecimal share(String text) {
    Matcher percent = PERCENT.matcher(text);
    if (!percent.matches() || new BigDecimal(percent.group(1)).compareTo(HUNDRED) > 0) {
      refuse("'%s' is not a share from 0%% to 100%%".formatted(text));
    }
    return new BigDecimal(percent.group(1)).movePointLeft(2).stripTrailingZeros();
  }

  private static Long size(String text) {
    Matcher size = BYTES.matcher(text);
    if (!size.matches()) {
      refuse("'%s' is not a size in KB, MB or GB".formatted(text));
    }
    return Long.parseLong(size.group(1)) << 10 * ("KMG".indexOf(size.group(2).charAt(0)) + 1);
  }

  private static ZoneId zone(String text) {
    return time(text, "a time zone", ZoneId::of);
  }

  private static Duration duration(String text) {
    Duration duration = time(text, "an ISO-8601 duration", Duration::parse);
    return notNegative(text, duration, duration.isNegative());
  }

  static Freshness freshness(String text) {
    return time(text, "an ISO-8601 duration", Scalars::parseFreshness);
  }

  private static Freshness parseFreshness(String text) {
    Matcher parts = PERIOD.matcher(text);
    if (!parts.matches()) {
      throw new DateTimeException(text);
    }
    Period days = parts.group(1).equals("P") ? Period.ZERO : Period.parse(parts.group(1));
    Duration time = parts.group(2) == null ? Duration.ZERO : Duration.parse("PT" + parts.group(2));
    return notNegative(text, new Freshness(days, time), days.isNegative() || time.isNegative());
  }

  private static <T> T time(String text, String what, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("'%s' is not %s".formatted(text, what), e);
    }
  }

  private static <T> T notNegative(String text, T value, boolean negative) {
    if (negative) {
      refuse("'%s' is negative".formatted(text));
    }
    return value;
  }

  private static void refuse(String why) {
    throw new IllegalArgumentException(why);
  }
}
