package io.afp.ingestion.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.FilePattern;
import io.afp.core.definition.IntervalUnit;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileDateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2013-01.csv.gz                   | 2013-01-01T00:00 | ${interval:yyyy-MM}.csv.gz",
        "flights_201301.csv               | 2013-01-01T00:00 | flights_${interval:yyyyMM}.csv",
        "f-2013.csv                       | 2013-01-01T00:00 | f-${interval:yyyy}.csv",
        "dt=2013-01-02/part-0.csv         | 2013-01-02T00:00 |"
            + " dt=${interval:yyyy-MM-dd}/part-0.csv",
        "2013/01/02.csv                   | 2013-01-02T00:00 |"
            + " ${interval:yyyy}/${interval:MM}/${interval:dd}.csv",
        "year=2013/month=1/day=2/a.csv    | 2013-01-02T00:00 |"
            + " year=${interval:yyyy}/month=${interval:MM}/day=${interval:dd}/a.csv",
        "2013/2013-01-02.csv              | 2013-01-02T00:00 |"
            + " ${interval:yyyy}/${interval:yyyy-MM-dd}.csv",
        "2012/2013-01-02.csv              | 2013-01-02T00:00 | 2012/${interval:yyyy-MM-dd}.csv",
        "2013-01-02T05.json               | 2013-01-02T05:00 | ${interval:yyyy-MM-dd'T'HH}.json",
        "2013010205.json                  | 2013-01-02T05:00 | ${interval:yyyyMMddHH}.json",
        "x20130102123456.csv              | 2013-01-02T00:00 | x${interval:yyyyMMdd}123456.csv",
        "a[1] 2013.01.02.csv              | 2013-01-02T00:00 | a\\[1\\] ${interval:yyyy.MM.dd}.csv",
        "2013-01-02-01.csv                | 2013-01-02T00:00 | ${interval:yyyy-MM-dd}-01.csv",
      })
  void theFinestDateOfAPathIsFound(String path, LocalDateTime time, String pattern) {
    FileDate date = FileDate.of(path).orElseThrow();
    assertThat(date.time()).isEqualTo(time);
    assertThat(date.pattern(date.unit())).isEqualTo(pattern);
  }

  @ParameterizedTest
  @CsvSource({
    "dt=2013-01-02/a.csv, dt=${interval:yyyy-MM}-*/a.csv",
    "2013/01/02/05/a.csv, ${interval:yyyy}/${interval:MM}/*/*/a.csv",
    "x20130102.csv, x${interval:yyyyMM}*.csv",
  })
  void whatIsFinerThanTheUnitOfThePipelineMayBeAnything(String path, String pattern) {
    assertThat(FileDate.of(path).orElseThrow().pattern(IntervalUnit.MONTH)).isEqualTo(pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"orders.csv", "part-00013.csv", "12013-01.csv", "a-1812.csv", "3-2-1.csv"})
  void whatIsNoDateIsNone(String path) {
    assertThat(FileDate.of(path)).isEmpty();
  }

  @Property
  void aPatternFindsThePathThatItIsOf(
      @ForAll @IntRange(max = 73_048) int sinceTheFirstOf1900,
      @ForAll @IntRange(max = 5) int form) {
    LocalDate day = LocalDate.of(1900, 1, 1).plusDays(sinceTheFirstOf1900);
    String path =
        List.of(
                "%d-%02d-%02d",
                "a/%d/%02d/%02d.csv",
                "%d%02d%02d",
                "y=%d/m=%02d/d=%02d/x",
                "%d_%02d_%02d_7",
                "%d.%02d.%02d")
            .get(form)
            .formatted(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
    FileDate date = FileDate.of(path).orElseThrow();
    assertThat(date.unit()).isEqualTo(IntervalUnit.DAY);
    assertThat(new FilePattern(date.pattern(date.unit())).at(date.time().atZone(ZoneOffset.UTC)))
        .isEqualTo(path);
  }

  @Test
  void pathsAreMergedByWholeWords() {
    assertThat(PathMerge.of(List.of("part-08.csv", "part-09.csv"))).contains("part-*.csv");
    assertThat(PathMerge.of(List.of("a1-${interval:yyyy}.csv.gz", "a2-${interval:yyyy}.csv.gz")))
        .contains("*-${interval:yyyy}.csv.gz");
    assertThat(PathMerge.of(List.of("a-${interval:yyyy}.csv", "a.csv"))).isEmpty();
  }
}
