package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableDef;
import io.afp.core.lake.RecordPlaces.Place;
import io.afp.core.testing.TestSpark;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContractTest {

  private static final TableDef TABLE =
      Contracts.table()
          .column("id", "int", c -> c.required())
          .column("day", "date")
          .column("twice", "int", c -> c.required().expr("id * 2"))
          .replaceIntervals("day")
          .build();

  @BeforeEach
  void aSessionWithoutACatalog() {
    SparkSession.setActiveSession(TestSpark.session());
  }

  @Test
  void rowsThatObeyHaveTheDeclaredColumnsInTheirOrder() {
    Contract.Conformed conformed = conform(Contracts.raw("day,more,id", "2013-01-05,x,7"));
    assertThat(conformed.accepted().columns()).containsExactly("id", "day", "twice");
    assertThat(conformed.accepted().collectAsList().toString()).isEqualTo("[[7,2013-01-05,14]]");
    assertThat(conformed.rejected().isEmpty()).isTrue();
  }

  @Test
  void allReasonsOfARowAreReported() {
    RawRows raw = Contracts.raw("id,day", "x,2013-02-30", "NA,2013-01-05");
    assertThat(Contracts.reasons(conform(raw)))
        .containsExactly(
            "id type x, day type 2013-02-30, twice required", "id required NA, twice required");
  }

  @Test
  void columnsAreReadFromTheFieldsThatTheyName() {
    TableDef table =
        Contracts.table()
            .column("id", "int", c -> c.required().from("Order ID"))
            .column("number", "string", c -> c.from("ORDER ID"))
            .column("price", "int", c -> c.from("net.price"))
            .column("twice", "int", c -> c.expr("id * 2"))
            .build();
    RawRows raw = Contracts.raw("order id,net.price,number", "7,1,own", "x,1.5,own");
    Contract.Conformed conformed = new Contract(table, List.of()).conform(raw);
    assertThat(conformed.accepted().collectAsList().toString()).isEqualTo("[[7,7,1,14]]");
    assertThat(Contracts.reasons(conformed)).containsExactly("id type x, price type 1.5");
    assertThat(conformed.rejected().select("record").head().getString(0))
        .as("the record is as the source has it")
        .isEqualTo("{\"order id\":\"x\",\"net.price\":\"1.5\",\"number\":\"own\"}");
  }

  @Test
  void anExpressionWhoseValueHasNoPlaceInTheTypeRejectsItsRow() {
    TableDef table =
        Contracts.table()
            .column("id", "long")
            .column("small", "int", c -> c.expr("id * 10"))
            .column("needed", "int", c -> c.required().expr("id * 9 -- a comment"))
            .build();
    Contract.Conformed conformed =
        new Contract(table, List.of()).conform(Contracts.raw("id", "7", "300000000", "214748365"));
    assertThat(conformed.accepted().collectAsList().toString()).isEqualTo("[[7,70,63]]");
    assertThat(Contracts.reasons(conformed))
        .containsExactly("small type 3000000000, needed type 2700000000", "small type 2147483650");
  }

  @Test
  void anExpressionWhoseValueWouldBeCutRejectsItsRow() {
    TableDef table =
        Contracts.table()
            .column("id", "int")
            .column("half", "int", c -> c.expr("id / 2"))
            .column("price", "decimal(10,2)", c -> c.expr("id / 1000.0"))
            .build();
    Contract.Conformed conformed =
        new Contract(table, List.of()).conform(Contracts.raw("id", "20", "30", "5"));
    assertThat(conformed.accepted().collectAsList().toString())
        .isEqualTo("[[20,10,0.02], [30,15,0.03]]");
    assertThat(Contracts.reasons(conformed)).containsExactly("half type 2.5, price type 0.005000");
  }

  @Test
  void whoParsesTextsItselfSaysWhatIsWrongWithThem() {
    RawRows given = Contracts.raw("id,day", "1,2013-01-05", "7,NA");
    RawRows parsed =
        new RawRows(
            given
                .rows()
                .withColumn("id", expr("if(id = '7', null, int(id))"))
                .withColumn(
                    RawRows.REASONS,
                    expr(
                        "if(id is null, array(named_struct('column', 'id', 'reason', 'type',"
                            + " 'words', 'not an int', 'value', '7a')), null)")),
            given.unit());
    Contract.Conformed conformed = conform(parsed);
    assertThat(conformed.accepted().collectAsList().toString()).isEqualTo("[[1,2013-01-05,2]]");
    assertThat(Contracts.reasons(conformed))
        .as("and the id is not said to be missing, too")
        .containsExactly("id type 7a, twice required");
    assertThat(conformed.rejected().selectExpr("reasons[0].message").head().getString(0))
        .isEqualTo("not an int: \"7a\"");
  }

  @Test
  void ofATableThatAsksForNothingElseThereAreTheReasonsOfTheParserAlone() {
    TableDef table = Contracts.table().column("id", "int").build();
    RawRows parsed =
        new Parsed(table, List.of(), List.of("id")).rows(List.of(List.of("1"), List.of("7a")));
    Contract.Conformed conformed = new Contract(table, List.of()).conform(parsed);
    assertThat(conformed.accepted().collectAsList()).hasSize(1);
    assertThat(Contracts.reasons(conformed)).containsExactly("id type 7a");
  }

  @Test
  void theRecordIsKeptAsItWasWithItsFile() {
    Row reject =
        conform(Contracts.raw("id,day,more", "x,NA,5")).rejected().select("record", "file").head();
    assertThat(reject.getString(0))
        .as("also what stands for null, and what is not declared")
        .isEqualTo("{\"id\":\"x\",\"day\":\"NA\",\"more\":\"5\"}");
    assertThat(reject.getString(1)).isEqualTo("a.csv");
  }

  @Test
  void thePlaceInTheFileIsKeptWhereTheReaderKnowsIt() {
    RawRows raw = Contracts.raw("id,day", "x,NA");
    RawRows placed =
        new RawRows(
            raw.rows().withColumn(RawRows.LINE, lit(7)).withColumn(RawRows.OFFSET, lit(42L)),
            raw.unit());

    assertThat(place(placed)).isEqualTo("[[7,42]]");
    assertThat(place(raw)).isEqualTo("[[null,null]]");
    assertThat(conform(placed).accepted().columns()).containsExactly("id", "day", "twice");
  }

  private static String place(RawRows raw) {
    return conform(raw).rejected().select("line", "offset").collectAsList().toString();
  }

  @Test
  void textsThatStandForNullAreNull() {
    assertThat(conform(Contracts.raw("id,day", "1,NA")).accepted().collectAsList().toString())
        .isEqualTo("[[1,null,2]]");
  }

  @Test
  void aFieldThatTheFileLacksIsNull() {
    assertThat(conform(Contracts.raw("id", "1")).accepted().collectAsList().toString())
        .isEqualTo("[[1,null,2]]");
    assertThat(Contracts.reasons(conform(Contracts.raw("day", "2013-01-05"))))
        .containsExactly("id required, twice required");
  }

  @Test
  void rowsOutsideTheirIntervalAreRejected() {
    RawRows raw =
        Contracts.inUnit(
            Contracts.raw("id,day", "1,2013-01-01", "2,2012-12-31", "3,2013-02-01", "4,NA"),
            "date",
            "2013-01-01",
            "2013-02-01");
    Contract.Conformed conformed = conform(raw);
    assertThat(conformed.accepted().collectAsList().toString()).isEqualTo("[[1,2013-01-01,2]]");
    assertThat(Contracts.reasons(conformed))
        .containsExactly("day interval 2012-12-31", "day interval 2013-02-01", "day interval");
    assertThat(conformed.rejected().select("interval_start").distinct().collectAsList().toString())
        .isEqualTo("[[2013-01-01]]");
  }

  @Test
  void aValueThatIsWrongAlreadyIsNotOutsideItsIntervalAsWell() {
    RawRows raw =
        Contracts.inUnit(
            Contracts.raw("id,day", "1,31.1.2013", "x,NA", "y,2013-02-01", "2,2013-1"),
            "date",
            "2013-01-01",
            "2013-02-01");
    assertThat(Contracts.reasons(conform(raw)))
        .containsExactly(
            "day type 31.1.2013",
            "id type x, twice required, day interval",
            "id type y, twice required, day interval 2013-02-01",
            "day type 2013-1");
  }

  @Test
  void anIntervalColumnThatIsComputedFromAWrongValueAddsNoReason() {
    TableDef table =
        Contracts.table()
            .column("id", "int")
            .column("month", "int")
            .column("day", "date", c -> c.expr("make_date(2013, month, 1)"))
            .replaceIntervals("day")
            .build();
    RawRows raw =
        Contracts.inUnit(
            Contracts.raw("id,month", "1,May", "2,NA", "x,2", "3,1"),
            "date",
            "2013-01-01",
            "2013-02-01");
    assertThat(Contracts.reasons(new Contract(table, List.of("NA")).conform(raw)))
        .containsExactly("month type May", "day interval", "id type x, day interval 2013-02-01");
  }

  @Test
  void aRecordThatCannotBeSplitHasThatReasonAlone() {
    RawRows raw = Contracts.withMalformed(Contracts.raw("id,day", "1,2013-01-05"), "1,2,3,4");
    Contract.Conformed conformed = conform(raw);
    assertThat(Contracts.reasons(conformed)).containsExactly(" malformed 1,2,3,4");
    assertThat(conformed.rejected().select("record").head().getString(0)).isEqualTo("1,2,3,4");
    assertThat(conformed.accepted().count()).isEqualTo(1);
  }

  @Test
  void namesOfFieldsMayHoldAnything() {
    RawRows raw = Contracts.raw("id,a.b,c`d,e f,day", "x,1,2,3,2013-01-05");
    assertThat(conform(raw).rejected().select("record").head().getString(0))
        .isEqualTo(
            "{\"id\":\"x\",\"a.b\":\"1\",\"c`d\":\"2\",\"e f\":\"3\",\"day\":\"2013-01-05\"}");
  }

  @Test
  void rowsAreCountedOnTheirWay() {
    RowCount count = new RowCount();
    Dataset<Row> accepted = conform(scanned("1,NA", "x,NA", "3,NA")).accepted(count);
    assertThat(count.value()).isEqualTo(new RowCount.Counts(0, 0));
    accepted.collectAsList();
    assertThat(count.value()).isEqualTo(new RowCount.Counts(3, 1));
  }

  @Test
  void rowsThatAreComputedAgainAreCountedOnce() {
    RowCount count = new RowCount();
    Dataset<Row> accepted = conform(scanned("1,NA", "x,NA", "3,NA")).accepted(count);
    accepted.limit(1).collectAsList();
    accepted.collectAsList();
    accepted.orderBy("id").collectAsList();
    assertThat(count.value()).isEqualTo(new RowCount.Counts(3, 1));
  }

  @Test
  void thePlacesOfRejectsAreKnownWhereEachIsJudgedByItsRecordAlone() {
    RawRows raw = scanned("1,NA", "y,NA", "x,NA");
    Dataset<Row> placed =
        raw.rows()
            .withColumn(RawRows.OFFSET, expr("ascii(id) * 100L"))
            .withColumn(RawRows.LINE, expr("cast(ascii(id) AS bigint)"));
    RecordPlaces places = places(TABLE, placed).orElseThrow();
    assertThat(places.within("a.csv", 0, 20_000))
        .containsExactly(new Place(12_000, 120), new Place(12_100, 121));
    assertThat(places.within("a.csv", 12_001, 12_100)).isEmpty();

    Column oneIsUnknown = when(col("id").equalTo("x"), null).otherwise(col(RawRows.OFFSET));
    assertThat(places(TABLE, placed.withColumn(RawRows.OFFSET, oneIsUnknown))).isEmpty();
    assertThat(places(TABLE, raw.rows())).isEmpty();
    TableDef once = Contracts.table().column("id", "int").key("id").rejectDuplicates().build();
    assertThat(places(once, placed)).isEmpty();
  }

  private static Optional<RecordPlaces> places(TableDef table, Dataset<Row> rows) {
    RowCount count = new RowCount();
    RawRows raw = new RawRows(rows, Optional.empty());
    new Contract(table, List.of("NA")).conform(raw).accepted(count).collectAsList();
    return count.places();
  }

  @Test
  void soManyPlacesAreHeldAndNoMore() {
    RecordPlaces places = new RecordPlaces();
    for (int i = 0; i < 500_000; i++) {
      places.add("a", new Place(i, 1));
    }
    RecordPlaces all = new RecordPlaces();
    all.addAll(places);
    assertThat(all.areKnown()).isTrue();
    assertThat(all.within("a", 499_999, 1_000_000)).containsExactly(new Place(499_999, 1));
    places.add("b", new Place(0, 1));
    all.addAll(places);
    assertThat(all.areKnown()).isFalse();
    assertThat(all.within("a", 0, 1_000_000)).isEmpty();
  }

  /** What Spark has in memory it computes while it plans. */
  private static RawRows scanned(String... records) {
    RawRows raw = Contracts.raw("id,day", records);
    return new RawRows(raw.rows().localCheckpoint(), raw.unit());
  }

  private static Contract.Conformed conform(RawRows raw) {
    return new Contract(TABLE, List.of("NA")).conform(raw);
  }
}
