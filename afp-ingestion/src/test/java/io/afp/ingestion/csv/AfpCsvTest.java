package io.afp.ingestion.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.lake.PickedRecords;
import io.afp.core.lake.RecordPlaces;
import io.afp.core.lake.RecordPlaces.Place;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data source by its name, as any program of Spark uses it. */
class AfpCsvTest {

  private static final String TRICKY =
      "id,name\r\n1,\"a\nb\"\r\n\r\n2,\"c\"\"\r\n,\"\"d\"\r\n3,e\n4,\"\n\n\n\n\n\n\"\n5,f\r6,g";

  @TempDir Path folder;

  private static SparkSession session() {
    SparkSession session = TestSpark.session().newSession();
    session.conf().set("spark.sql.session.timeZone", "UTC");
    return session;
  }

  private static DataFrameReader reader(SparkSession session) {
    return session.read().format("afp-csv").option("header", true).option("escape", "\"");
  }

  private String file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).toList();
  }

  @Test
  void columnsAreFoundByTheirNamesAndHaveTheirTypes() {
    file("a.csv", "Name,Id,day\na,1,2024-02-29\n");
    file("b.csv", "id,day,name\n2,2024-03-01,b\n3,x,c\n");
    Dataset<Row> rows =
        reader(session()).schema("id smallint, name string, day date").load(folder.toString());

    assertThat(texts(rows))
        .containsExactlyInAnyOrder("[1,a,2024-02-29]", "[2,b,2024-03-01]", "[3,c,null]");
  }

  @Test
  void withoutASchemaAllFieldsAreTexts() {
    Dataset<Row> rows = reader(session()).load(file("a.csv", "Id, b\n1,2\n"));
    assertThat(rows.schema().toDDL()).isEqualTo("Id STRING,b STRING");
    assertThat(texts(rows.selectExpr("id", "b"))).containsExactly("[1,2]");
    Dataset<Row> plain = session().read().format("afp-csv").load(file("b.csv", "1,2\n"));
    assertThat(texts(plain.select("_c1", "_c0"))).containsExactly("[2,1]");
  }

  @Test
  void aQueryMayAskWhereARecordIsFrom() {
    String file = file("a.csv", TRICKY);
    Dataset<Row> rows = reader(session()).load(file).selectExpr("id", "_line", "_offset", "_raw");

    assertThat(texts(rows))
        .containsExactly(
            "[1,2,9,1,\"a\nb\"]",
            "[2,5,20,2,\"c\"\"\n,\"\"d\"]",
            "[3,7,35,3,e]",
            "[4,8,39,4,\"\n\n\n\n\n\n\"]",
            "[5,15,50,5,f]",
            "[6,16,54,6,g]");
    assertThat(reader(session()).load(file).select("_file").distinct().head().getString(0))
        .endsWith("/a.csv");
  }

  @Test
  void rowsAndLinesAreTheSameWhereverAFileIsSplit() {
    String file = file("a.csv", TRICKY + "\n7,\"h\"\n\n8,\"i\n".repeat(2));
    List<String> whole = placed(session(), file);
    for (int size : List.of(1, 2, 3, 7, 20, 40)) {
      SparkSession session = session();
      session.conf().set("spark.sql.files.maxPartitionBytes", size);
      Dataset<Row> split = reader(session).load(file);

      assertThat(split.toJavaRDD().getNumPartitions()).as("splits of %d", size).isGreaterThan(1);
      assertThat(placed(session, file)).as("splits of %d", size).isEqualTo(whole);
    }
  }

  private static List<String> placed(SparkSession session, String file) {
    return texts(
        reader(session).load(file).selectExpr("_line", "_offset", "id", "name").orderBy("_offset"));
  }

  @Test
  void someRecordsAreReadWithoutTheOthersWhereverAFileIsSplit() {
    String file = file("a.csv", TRICKY + "\n7,\"h\"\n\n8,\"i\n".repeat(2));
    for (int size : List.of(1, 7, 20, 40, 1000)) {
      SparkSession session = session();
      session.conf().set("spark.sql.files.maxPartitionBytes", size);
      Dataset<Row> all = reader(session).load(file).selectExpr("*", "_file", "_offset", "_line");
      List<Row> rows = all.orderBy("_offset").collectAsList();
      for (int one = 0; one < rows.size(); one++) {
        List<Row> some = List.of(rows.get(one), rows.get(rows.size() - 1)).subList(0, 1 + one % 2);
        RecordPlaces places = new RecordPlaces();
        some.forEach(
            row ->
                places.add(
                    row.getAs("_file"), new Place(row.getAs("_offset"), row.getAs("_line"))));

        assertThat(PickedRecords.of(all, Optional.of(places)).collectAsList())
            .as("record %d, splits of %d", one, size)
            .containsExactlyInAnyOrderElementsOf(Set.copyOf(some));
      }
      assertThat(PickedRecords.of(all, Optional.of(new RecordPlaces())).collectAsList()).isEmpty();
    }
  }

  @Test
  void plansKnowTheSizeOfTheTextAlsoWhereItIsPacked() {
    Dataset<Row> plain = reader(session()).schema("id int").load(file("a.csv", "id\n1234567\n"));
    Dataset<Row> packed = reader(session()).schema("id int").load(file("a.csv.gz", "123"));
    assertThat(plain.queryExecution().optimizedPlan().stats().sizeInBytes().longValue())
        .isEqualTo(11);
    assertThat(packed.queryExecution().optimizedPlan().stats().sizeInBytes().longValue())
        .isEqualTo(12);
  }

  @Test
  void onlyTheColumnsThatAreAskedForAreRead() {
    Dataset<Row> rows =
        reader(session())
            .schema("id int, name string")
            .load(file("a.csv", "id,name\nx,a\n"))
            .select("name");
    assertThat(rows.queryExecution().executedPlan().toString())
        .contains("afp-csv [files=1, columns=1]");
    assertThat(texts(rows)).containsExactly("[a]");
  }

  @Test
  void badRecordsAreKeptLeftOutOrFailTheReadByMode() {
    String file = file("a.csv", "id,name\n1,a\nx,b\n2\n3,c,d\n");
    DataFrameReader reader =
        reader(session()).schema("id int, name string, _corrupt_record string");

    assertThat(texts(reader.load(file)))
        .containsExactly("[1,a,null]", "[null,b,x,b]", "[2,null,2]", "[3,c,3,c,d]");
    DataFrameReader plain = reader(session()).schema("id int, name string");
    assertThat(texts(plain.option("mode", "dropMalformed").load(file))).containsExactly("[1,a]");
    assertThatThrownBy(() -> plain.option("mode", "failfast").load(file).collectAsList())
        .hasStackTraceContaining("line 3 is malformed, and the mode is FAILFAST");
  }

  @Test
  void optionsAreThoseOfSpark() {
    String file = file("a.csv", "# x\n1|'a'|01.02.2024\n-|'it\\'s'|-\n");
    Dataset<Row> rows =
        session()
            .read()
            .format("afp-csv")
            .schema("id long, name string, day date")
            .option("sep", "|")
            .option("quote", "'")
            .option("comment", "#")
            .option("nullValue", "-")
            .option("dateFormat", "dd.MM.yyyy")
            .load(file);
    assertThat(texts(rows)).containsExactly("[1,a,2024-02-01]", "[null,it's,null]");
  }

  @Test
  void aColumnThatTheHeaderLacksAndAFileThatIsNotThereAreErrors() {
    String file = file("a.csv", "id\n1\n");
    assertThatThrownBy(() -> reader(session()).schema("name string").load(file).collectAsList())
        .hasStackTraceContaining("its header lacks columns: missing=[name], found=1");
    assertThatThrownBy(() -> reader(session()).load(folder + "/b.csv"))
        .hasMessageContaining("there is no file");
  }

  @Test
  void namesThatAreMadeOfPlacesAreNamesWhereAHeaderHasThem() {
    String swapped = file("a.csv", "_c1,_c0\na,b\n");
    assertThat(texts(reader(session()).schema("_c0 string, _c1 string").load(swapped)))
        .containsExactly("[b,a]");
    String mixed = file("b.csv", "id,_c0\n1,b\n");
    assertThat(texts(reader(session()).schema("id int, _c0 string").load(mixed)))
        .containsExactly("[1,b]");
  }

  @Test
  void withoutASchemaNamesThatCannotBeUsedAreThoseOfPlaces() {
    String file = file("a.csv", "Id,price.usd,,a\tb\n1,2,3,4\n");
    Dataset<Row> rows = reader(session()).load(file);
    assertThat(rows.columns()).containsExactly("Id", "price.usd", "_c2", "_c3");
    assertThat(texts(rows)).containsExactly("[1,2,3,4]");
  }

  @Test
  void marksOfOtherProgramsAreNoFiles() {
    file("_SUCCESS", "");
    file("0.csv", "");
    file("a.csv", "id\n1\n");
    assertThat(texts(reader(session()).load(folder + "/*"))).containsExactly("[1]");
  }

  @Test
  void aLocalTimeIsTheSameInAllZones() {
    SparkSession session = session();
    session.conf().set("spark.sql.session.timeZone", "Europe/Berlin");
    String file = file("a.csv", "at\n2024-01-01 12:00:00\n2024-1-1 12:00\n");
    Dataset<Row> rows = reader(session).schema("at timestamp_ntz").load(file);
    assertThat(texts(rows.selectExpr("string(at)")))
        .containsExactly("[2024-01-01 12:00:00]", "[2024-01-01 12:00:00]");
  }

  @Test
  void aCorruptRecordIsOneWhicheverColumnsAreAskedFor() {
    String file = file("a.csv", "id\n1\nx\n");
    Dataset<Row> rows = reader(session()).schema("id int, _corrupt_record string").load(file);
    assertThat(rows.filter("_corrupt_record is not null").count()).isEqualTo(1);
  }

  @Test
  void aFileWithoutLineFeedsIsSplitToo() {
    String file = file("a.csv", "id,name\r" + "1,\"a\rb\"\r2,c\r".repeat(5));
    List<String> whole = placed(session(), file);
    SparkSession session = session();
    session.conf().set("spark.sql.files.maxPartitionBytes", 7);
    assertThat(reader(session).load(file).toJavaRDD().getNumPartitions()).isGreaterThan(5);
    assertThat(placed(session, file)).hasSize(10).isEqualTo(whole);
  }

  @Test
  void ofARecordOfMillionsOfFieldsOnlyTheirNumberIsKept() {
    String file = file("a.csv", "id,name\n" + ",".repeat(3_000_000) + "\n1,a\n");
    Dataset<Row> rows =
        reader(session()).schema("id int, name string, _corrupt_record string").load(file);
    assertThat(texts(rows.selectExpr("id", "name", "length(_corrupt_record)")))
        .containsExactly("[null,null,3000000]", "[1,a,null]");
  }
}
