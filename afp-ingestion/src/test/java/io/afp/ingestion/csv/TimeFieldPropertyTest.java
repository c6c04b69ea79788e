package io.afp.ingestion.csv;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A day or a time in a row is the one that the reader of texts reads, or none. */
class TimeFieldPropertyTest {

  private static final List<String> ZONES =
      List.of(
          "UTC", "Z", "+05:30", "Europe/Berlin", "America/Sao_Paulo", "Asia/Gaza", "Pacific/Apia");
  private static final List<String> DAYS =
      List.of(
          "dd.MM.yyyy",
          "yyyyMMdd",
          "MM/dd/yyyy",
          "dd/MM/uuuu",
          "d.M.yyyy",
          "dd-MMM-yy",
          "uuuu'-x-'MM''dd");
  private static final List<String> TIMES =
      List.of(
          "yyyy-MM-dd HH:mm:ss",
          "yyyyMMddHHmmss",
          "ddMMuuuuHHmmssSSS",
          "dd.MM.yyyy HH:mm",
          "dd.MM.yyyy HH",
          "yyyy-MM-dd'T'HH:mm:ss.SSSSSS",
          "yyyy-MM-dd HH:mm:ss.SSSSSSSSS",
          "dd/MMM/yyyy:hh:mm:ss a");
  private static final List<String> INSTANTS =
      List.of(
          "yyyy-MM-dd'T'HH:mm:ssX", "uuuuMMddHHmmssSSXXX", "dd.MM.yyyy HH:mm VV", "dd.MM.yyyyX");

  @Property(tries = 3_000)
  void aDayOrATimeIsWrittenAsItIsRead(
      @ForAll("columns") Fields column, @ForAll("times") String text) {
    column.isWrittenAsRead(text);
  }

  @Property(tries = 3_000)
  void aDayOfAPatternIsWrittenAsItIsRead(
      @ForAll("dayPatterns") String pattern,
      @ForAll("moments") LocalDateTime moment,
      @ForAll("changes") Change change) {
    String text = change.of(formatted(pattern, moment, ZoneOffset.UTC));
    Fields.of("date", pattern, null).isWrittenAsRead(text);
    Fields.of("timestamp", pattern, "Europe/Berlin").isWrittenAsRead(text);
    Fields.of("timestamp_ntz", pattern, null).isWrittenAsRead(text);
  }

  @Property(tries = 3_000)
  void aTimeOfAPatternIsWrittenAsItIsRead(
      @ForAll("timePatterns") String pattern,
      @ForAll("moments") LocalDateTime moment,
      @ForAll("changes") Change change) {
    String text = change.of(formatted(pattern, moment, ZoneOffset.UTC));
    Fields.of("timestamp", pattern, "America/Sao_Paulo").isWrittenAsRead(text);
    Fields.of("timestamp_ntz", pattern, null).isWrittenAsRead(text);
  }

  @Property(tries = 1_000)
  void anInstantOfAPatternIsWrittenAsItIsRead(
      @ForAll("instantPatterns") String pattern,
      @ForAll("zones") String zone,
      @ForAll("moments") LocalDateTime moment) {
    Fields.of("timestamp", pattern, "Europe/Berlin")
        .isWrittenAsRead(formatted(pattern, moment, ZoneId.of(zone)));
  }

  @Property(tries = 3_000)
  void aTimeAroundAChangeOfTheClocksIsWrittenAsItIsRead(
      @ForAll("zones") String zone,
      @ForAll("moments") LocalDateTime moment,
      @ForAll("minutes") int minutes) {
    ZoneOffsetTransition change =
        ZoneId.of(zone).getRules().nextTransition(moment.toInstant(ZoneOffset.UTC));
    LocalDateTime near =
        (change == null ? moment : change.getDateTimeBefore()).plusMinutes(minutes);
    Fields column = Fields.of("timestamp", null, zone);
    column.isWrittenAsRead(formatted("uuuu-MM-dd HH:mm:ss", near, ZoneOffset.UTC));
    column.isWrittenAsRead(formatted("uuuu-MM-dd HH:mm", near.plusDays(1), ZoneOffset.UTC));
    column.isWrittenAsRead(formatted("uuuu-MM-dd", near, ZoneOffset.UTC));
  }

  private static String formatted(String pattern, LocalDateTime moment, ZoneId zone) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(moment.atZone(zone));
  }

  /** Another character at one place. */
  record Change(int at, String with) {

    String of(String text) {
      return FieldTexts.changed(text, with, at);
    }
  }

  @Provide
  Arbitrary<Fields> columns() {
    return Arbitraries.oneOf(
        Arbitraries.of("date", "timestamp", "timestamp_ntz").map(Fields::of),
        zones().map(zone -> Fields.of("timestamp", null, zone)));
  }

  @Provide
  Arbitrary<String> times() {
    return Arbitraries.oneOf(FieldTexts.times(), FieldTexts.days(), FieldTexts.numbers());
  }

  @Provide
  Arbitrary<String> zones() {
    return Arbitraries.of(ZONES);
  }

  @Provide
  Arbitrary<String> dayPatterns() {
    return Arbitraries.of(DAYS);
  }

  @Provide
  Arbitrary<String> timePatterns() {
    return Arbitraries.of(TIMES);
  }

  @Provide
  Arbitrary<String> instantPatterns() {
    return Arbitraries.of(INSTANTS);
  }

  @Provide
  Arbitrary<LocalDateTime> moments() {
    long first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    return Arbitraries.oneOf(
            Arbitraries.longs().between(first, last),
            Arbitraries.longs().between(-4_000_000_000L, 4_000_000_000L))
        .map(
            seconds ->
                LocalDateTime.ofEpochSecond(
                    seconds, (int) Math.floorMod(seconds, 1_000L) * 1_001_000, ZoneOffset.UTC));
  }

  @Provide
  Arbitrary<Integer> minutes() {
    return Arbitraries.integers().between(-1_600, 1_600);
  }

  @Provide
  Arbitrary<Change> changes() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 60),
            Arbitraries.of("", " ", "0", "3", "9", "-", "x", "٣", "t"))
        .as(Change::new);
  }
}
