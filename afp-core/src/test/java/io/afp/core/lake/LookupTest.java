package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestSpark;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class LookupTest {

  private static final LocalDate FIRST = LocalDate.parse("2013-01-01");

  /** Days by 2,000 files, and the rows of files that are not all known. */
  private static Dataset<Row> daysOf(Function<Integer, Object> day) {
    Map<String, Object> days =
        IntStream.range(0, 2_000).boxed().collect(Collectors.toMap(LookupTest::file, day));
    return TestSpark.session()
        .range(1_998, 2_001)
        .selectExpr("concat('s3://files/', id) as file")
        .select(Lookup.in(days, col("file")).cast("string"));
  }

  private static String file(int number) {
    return "s3://files/" + number;
  }

  @Test
  void theValueOfAKeyIsFoundAndOfOthersNothing() {
    assertThat(daysOf(FIRST::plusDays).collectAsList().toString())
        .isEqualTo("[[2018-06-22], [2018-06-23], [null]]");
    assertThat(daysOf(n -> Instant.ofEpochSecond(n)).collectAsList().toString())
        .isEqualTo("[[1970-01-01 00:33:18], [1970-01-01 00:33:19], [null]]");
  }

  @Test
  void keysAreOfAnyType() {
    Map<LocalDate, String> names = Map.of(FIRST, "new year", FIRST.plusDays(1), "the day after");
    Dataset<Row> found =
        TestSpark.session()
            .range(3)
            .selectExpr("date_add(date'2013-01-01', int(id)) as day")
            .select(Lookup.in(names, col("day")));
    assertThat(found.collectAsList().toString()).isEqualTo("[[new year], [the day after], [null]]");
  }

  @Test
  void noPlanHasTheKeys() {
    String plan = daysOf(FIRST::plusDays).queryExecution().toString();
    assertThat(plan).contains("2000 keys").doesNotContain("files/7", "map");
    assertThat(plan.length()).isLessThan(5_000);
  }
}
