package io.afp.bench.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.bench.ingest.Copy;
import io.afp.bench.ingest.LineItemFiles;
import io.afp.bench.transform.SameRows;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the readers are given is what they shall be compared by, and all read the same. */
class ReadingTest {

  private static final long ROWS = 6005;

  @TempDir static Path copies;

  private final SparkSession spark = TestSpark.session();

  @BeforeAll
  static void write() throws IOException {
    for (Copy copy : Copy.values()) {
      LineItemFiles.main(new String[] {copies.toString(), "0.001", "1", copy.name()});
    }
  }

  @ParameterizedTest
  @EnumSource(Reading.class)
  void allReadersGiveTheSameRows(Reading reading) {
    Dataset<Row> hand = reading.bySpark(spark, copies);
    SameRows.require(reading.name(), reading.byAfp(spark, copies), hand);

    long rows = hand.na().drop().count();
    assertThat(rows).isEqualTo(reading == Reading.WIDE ? ROWS / 32 : ROWS);
    assertThat(hand.columns()).hasSize(reading.columns().size());
    try (DuckDb duckDb = new DuckDb(copies, reading, 2)) {
      duckDb.requireRows(rows);
      assertThatThrownBy(() -> duckDb.requireRows(rows + 1))
          .hasMessageContaining("DuckDB finds other rows");
    }
  }

  @Test
  void oneRowOfAHundredIsBad() {
    SparkSession session = spark.newSession();
    session.conf().set("spark.sql.legacy.timeParserPolicy", "CORRECTED"); // a bad day is null
    Dataset<Row> bad =
        session
            .read()
            .schema(Copy.BAD.schema())
            .option("header", true)
            .csv(copies.resolve(Copy.BAD.folder()).toString());

    assertThat(bad.count()).isEqualTo(ROWS);
    assertThat(bad.na().drop().count()).isEqualTo(ROWS - ROWS / 100);
  }
}
