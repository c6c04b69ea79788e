package io.afp.core.yaml;

import io.afp.core.error.ErrorCode;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A single value.
 *
 * @param type the type in JSON
 * @param expects what has to be written, such as {@code a share such as 99.9%}
 * @param choices the only values that are allowed; empty when they can't be listed
 * @param pattern what the text looks like, for editors; the parser decides, and may ask for more
 * @param parser reads the text; an {@link IllegalArgumentException} or {@link DateTimeException}
 *     says what is wrong with it
 */
public record Scalar<T>(
    Type type,
    String expects,
    List<String> choices,
    Optional<Pattern> pattern,
    Function<String, T> parser)
    implements Shape<T> {

  /** The type of a value in JSON. */
  public enum Type {
    TEXT,
    /** Text as it is written, also where YAML would read null: {@code NULL}, {@code ~}. */
    VERBATIM,
    NUMBER,
    BOOLEAN
  }

  private static final Pattern COUNT = Pattern.compile("\\d{1,18}");
  private static final Pattern POSITIVE = Pattern.compile("0*[1-9]\\d{0,17}");

  public Scalar {
    choices = List.copyOf(choices);
  }

  /** Any text; a number or a date is taken as it is written. */
  public static Scalar<String> text(String expects) {
    return parsed(expects, Function.identity());
  }

  /** Any text as it is written, also {@code NULL} and {@code ~}. */
  public static Scalar<String> verbatim(String expects) {
    return new Scalar<>(Type.VERBATIM, expects, List.of(), Optional.empty(), Function.identity());
  }

  /** Text that has to be understood. */
  public static <T> Scalar<T> parsed(String expects, Function<String, T> parser) {
    return new Scalar<>(Type.TEXT, expects, List.of(), Optional.empty(), parser);
  }

  /** A whole number that is not negative. */
  public static Scalar<Long> count() {
    return new Scalar<>(
        Type.NUMBER, "a whole number from 0", List.of(), Optional.of(COUNT), Scalar::parseCount);
  }

  /** A whole number from 1 up to another one. */
  public static Scalar<Long> upTo(long most) {
    return new Scalar<>(
        Type.NUMBER,
        "a whole number from 1" + (most == Long.MAX_VALUE ? "" : " to " + most),
        List.of(),
        Optional.of(POSITIVE),
        text -> within(text, parseCount(text), most));
  }

  private static Long within(String text, long value, long most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException("%s is out of range".formatted(text));
    }
    return value;
  }

  /** True or false. */
  public static Scalar<Boolean> flag() {
    return new Scalar<>(
        Type.BOOLEAN,
        "true or false",
        List.of("true", "false"),
        Optional.empty(),
        Boolean::parseBoolean);
  }

  /** One of the constants of an enum, in lower case. */
  public static <E extends Enum<E>> Scalar<E> choice(Class<E> constants) {
    List<String> names =
        Arrays.stream(constants.getEnumConstants())
            .map(e -> e.name().toLowerCase(Locale.ROOT))
            .toList();
    return new Scalar<>(
        Type.TEXT,
        String.join(" or ", names),
        names,
        Optional.empty(),
        text -> Enum.valueOf(constants, text.toUpperCase(Locale.ROOT)));
  }

  /** One of these texts. */
  public static Scalar<String> choice(List<String> texts) {
    return new Scalar<>(
        Type.TEXT, String.join(" or ", texts), texts, Optional.empty(), Function.identity());
  }

  /** The same value, with what its text looks like. */
  public Scalar<T> like(Pattern known) {
    return new Scalar<>(type, expects, choices, Optional.of(known), parser);
  }

  /** The same text, of which something else is made. */
  public <S> Scalar<S> as(Function<T, S> mapper) {
    return new Scalar<>(type, expects, choices, pattern, parser.andThen(mapper));
  }

  /** What is wrong with a text; empty when it can be read. */
  public Optional<String> complaint(String text) {
    try {
      parser.apply(text);
      return Optional.empty();
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.of(e.getMessage());
    }
  }

  @Override
  public Optional<T> read(Value value) {
    Optional<String> text = type == Type.VERBATIM ? value.verbatim() : value.text();
    if (text.isEmpty()) {
      value.reportWrong(expects);
      return Optional.empty();
    }
    return text.filter(t -> isChoice(value, t)).flatMap(t -> parse(value, t));
  }

  private boolean isChoice(Value value, String text) {
    if (choices.isEmpty() || choices.contains(text)) {
      return true;
    }
    value.report(
        ErrorCode.WRONG_VALUE,
        "'%s' is not %s".formatted(text, expects),
        Nearest.fix(text, choices, "Write " + expects + "."));
    return false;
  }

  private Optional<T> parse(Value value, String text) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException | DateTimeException e) {
      value.report(ErrorCode.WRONG_VALUE, e.getMessage(), "Write " + expects + ".");
      return Optional.empty();
    }
  }

  private static Long parseCount(String text) {
    if (!COUNT.matcher(text).matches()) {
      throw new IllegalArgumentException("'%s' is not a whole number from 0".formatted(text));
    }
    return Long.valueOf(text);
  }
}
