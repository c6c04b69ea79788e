package io.afp.ingestion.infer;

import io.afp.core.definition.ColumnType;
import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.error.Count;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The type that all values of a column have, and how sure that is.
 *
 * @param format the pattern of a day, where it is not that of Spark
 * @param certainty one line: how many values have the type, or why none but string fits
 * @param others values that keep a string from being the type that most of them have
 */
record TypeChoice(ColumnType type, Optional<String> format, String certainty, List<String> others) {

  /** Looks by which a column can have a type. */
  static final Set<Look> TYPES =
      EnumSet.of(Look.BOOLEAN, Look.LONG, Look.NUMBER, Look.DATE, Look.INSTANT, Look.LOCAL_TIME);

  private static final int MOST_DIGITS = 38;
  private static final int DIGITS_OF_LONG = 18;
  private static final int DIGITS_OF_IDENTIFIERS = 14;
  private static final int ROOM = 2;
  private static final long FEW = 30;
  private static final double MANY = 0.5;

  private static final ColumnType STRING = new ColumnType(Kind.STRING, 0, 0);

  /** Whether the values have a type but string, once the texts that stand for null are left out. */
  static boolean isTypedWithoutMarkers(ColumnProfile column) {
    return column.plainValues() > 0
        && new Search("", column, NullMarkers.ALL).choice().type().kind() != Kind.STRING;
  }

  /**
   * The type of a column of texts.
   *
   * @param nullValues the texts that stand for null
   */
  static TypeChoice of(String name, ColumnProfile column, Set<String> nullValues) {
    return new Search(name, column, nullValues).choice();
  }

  /** The type of a column of files that know types. */
  static TypeChoice given(ColumnType type, ColumnProfile column) {
    String values = Count.of(column.values(Set.of()), "value") + ", typed by the files";
    return new TypeChoice(type, Optional.empty(), values, List.of());
  }

  /** What stays when the contract refuses values in spite of how they look. */
  TypeChoice refused(List<String> values) {
    return new TypeChoice(STRING, Optional.empty(), "not all values are " + type, values);
  }

  private record Search(String name, ColumnProfile column, Set<String> nullValues) {

    private TypeChoice choice() {
      if (values() == 0) {
        return string("no value was seen");
      }
      if (all(Look.NUMBER)) {
        return number();
      }
      return typed(Look.BOOLEAN, Kind.BOOLEAN)
          .or(() -> typed(Look.DATE, Kind.DATE))
          .or(() -> typed(Look.LOCAL_TIME, Kind.TIMESTAMP_NTZ))
          .or(this::instants)
          .or(this::days)
          .or(this::formed)
          .orElseGet(this::texts);
    }

    private long values() {
      return column.values(nullValues);
    }

    private boolean all(Look look) {
      return column.count(look) == values();
    }

    private Optional<TypeChoice> typed(Look look, Kind kind) {
      return all(look) ? Optional.of(sure(new ColumnType(kind, 0, 0))) : Optional.empty();
    }

    private TypeChoice number() {
      ColumnProfile.Digits digits = column.digits();
      if (digits.withLeadingZero() > 0) {
        long zeros = digits.withLeadingZero();
        return string(
            "digits, but %s %s with a zero that a number would lose"
                .formatted(Count.of(zeros, "value"), zeros == 1 ? "begins" : "begin"));
      }
      if (all(Look.DIGITS)) {
        return whole(digits);
      }
      boolean fits = digits.before() + digits.behind() <= MOST_DIGITS;
      if (all(Look.PLAIN_NUMBER) && (digits.isFixed() || digits.needDecimal()) && fits) {
        return sure(decimal(digits));
      }
      return digits.needDecimal()
          ? string("numbers with more digits than a double or a decimal keeps")
          : sure(new ColumnType(Kind.DOUBLE, 0, 0));
    }

    private TypeChoice whole(ColumnProfile.Digits digits) {
      if (digits.width() >= DIGITS_OF_IDENTIFIERS) {
        return string(
            "digits, but all values have %d of them, as identifiers do".formatted(digits.width()));
      }
      if (digits.longest() > DIGITS_OF_LONG || !all(Look.LONG)) {
        return string("digits, up to %d: a long keeps 18".formatted(digits.longest()));
      }
      if (named("date", "day", "tag", "datum") && days().isPresent()) {
        return days().get();
      }
      return sure(new ColumnType(all(Look.INT) ? Kind.INT : Kind.LONG, 0, 0));
    }

    /** With some room before the point, for larger values to come. */
    private static ColumnType decimal(ColumnProfile.Digits digits) {
      int precision = Math.max(10, digits.before() + ROOM + digits.behind());
      return new ColumnType(Kind.DECIMAL, Math.min(MOST_DIGITS, precision), digits.behind());
    }

    /** A day among times is its first moment; a time without a zone among instants is in UTC. */
    private Optional<TypeChoice> instants() {
      long days = column.count(Look.DATE);
      long local = column.count(Look.LOCAL_TIME) + days;
      long instants = column.count(Look.INSTANT);
      if (local + instants != values()) {
        return Optional.empty();
      }
      if (instants == 0) {
        return Optional.of(sure(new ColumnType(Kind.TIMESTAMP_NTZ, 0, 0)));
      }
      TypeChoice sure = sure(new ColumnType(Kind.TIMESTAMP, 0, 0));
      return Optional.of(
          local == 0
              ? sure
              : new TypeChoice(
                  sure.type(),
                  Optional.empty(),
                  "%s; %,d of them without a zone, which means UTC"
                      .formatted(sure.certainty(), local),
                  List.of()));
    }

    private Optional<TypeChoice> days() {
      List<DayPattern> fitting =
          EnumSet.allOf(DayPattern.class).stream()
              .filter(pattern -> column.count(pattern) == values())
              .filter(
                  pattern -> pattern != DayPattern.COMPACT || named("date", "day", "tag", "datum"))
              .toList();
      if (fitting.size() != 1) {
        return Optional.empty();
      }
      TypeChoice day = sure(new ColumnType(Kind.DATE, 0, 0));
      Optional<String> format = Optional.of(fitting.get(0).text());
      return Optional.of(new TypeChoice(day.type(), format, day.certainty(), List.of()));
    }

    /** A comma that may be before a fraction as well as between thousands makes no number. */
    private Optional<TypeChoice> formed() {
      List<NumberForm> fitting =
          EnumSet.allOf(NumberForm.class).stream()
              .filter(form -> column.digits(form).numbers() == values())
              .filter(form -> column.digits(form).withLeadingZero() == 0)
              .toList();
      if (fitting.stream().map(NumberForm::hasComma).distinct().count() != 1) {
        return Optional.empty();
      }
      ColumnProfile.Digits digits = column.digits(fitting.get(0));
      if (digits.before() + digits.behind() > MOST_DIGITS) {
        return Optional.empty();
      }
      TypeChoice number = sure(decimal(digits));
      Optional<String> format = Optional.of(fitting.get(0).text());
      return Optional.of(new TypeChoice(number.type(), format, number.certainty(), List.of()));
    }

    private boolean named(String... words) {
      String lower = name.toLowerCase(Locale.ROOT);
      return List.of(words).stream().anyMatch(lower::contains);
    }

    private TypeChoice texts() {
      Look most =
          TYPES.stream()
              .max((a, b) -> Long.compare(column.count(a), column.count(b)))
              .orElseThrow();
      long count = column.count(most);
      if (count < MANY * values()) {
        return string(Count.of(values(), "text"));
      }
      return new TypeChoice(
          STRING,
          Optional.empty(),
          "%s of %s look like %s".formatted(share(count), Count.of(values(), "value"), word(most)),
          column.others(most));
    }

    private String share(long count) {
      return "%.1f%%".formatted(Math.floor(1000.0 * count / values()) / 10);
    }

    private static String word(Look look) {
      return look.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private TypeChoice sure(ColumnType type) {
      String certainty =
          values() < FEW
              ? "only %s seen".formatted(Count.of(values(), "value"))
              : Count.all(values(), "value");
      return new TypeChoice(type, Optional.empty(), certainty, List.of());
    }

    private static TypeChoice string(String certainty) {
      return new TypeChoice(STRING, Optional.empty(), certainty, List.of());
    }
  }
}
