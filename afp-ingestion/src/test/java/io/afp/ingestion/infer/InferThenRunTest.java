package io.afp.ingestion.infer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.job.DriverTask;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.Reported;
import io.afp.core.testing.ShuffleFiles;
import io.afp.core.testing.TestProject;
import io.afp.core.testing.TestSpark;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table file that data suggests loads the same data, every row of it. */
class InferThenRunTest {

  private static final Path FLIGHTS = Path.of("..", "afp-examples", "flights", "data");

  @TempDir private Path root;
  private TestProject project;

  @BeforeEach
  void open() {
    project = new TestProject(root, "interval: { unit: month }");
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  @Tag("long")
  void theFilesOfTheExampleLoadAsTheySuggest() throws IOException {
    for (String file : List.of("airlines", "airports", "planes")) {
      Path data = FLIGHTS.resolve(file + ".csv.gz").toAbsolutePath().normalize();
      write("raw." + file, infer("raw." + file, data.toString()));
    }
    write("raw.weather", infer("raw.weather", everySeventhRow("weather.csv.gz")));
    everySeventhRow("flights/2013-01.csv.gz");
    everySeventhRow("flights/2013-02.csv.gz");
    JsonNode found = infer("raw.flights", root.resolve("p/flights").toAbsolutePath() + "/*.csv.gz");
    write("raw.flights", found);

    assertThat(types(found))
        .contains("year int required", "dep_time int", "carrier string required", "tailnum string")
        .contains("time_hour timestamp required");
    assertThat(found.get("text").asText())
        .contains("pipeline.yaml has to have interval: { unit: month }")
        .contains("/flights/${interval:yyyy-MM}.csv.gz\"", "partition_by: [month(date)]")
        .contains("date: { type: date, expr: \"make_date(year, month, day)\" }   # computed")
        .containsPattern(
            "# all [67],\\d{3} values of date .* in 2 files lie in the month of their file")
        .containsPattern(
            "origin: +\\{ type: string, required: true \\} .*3 different: in: \\[EWR, JFK, LGA\\]");
    loadsEverything("airlines", "airports", "planes", "weather", "flights");
    assertThat(project.lake("select count(*), count(tzone) from raw.airports"))
        .as("NA is null here")
        .containsExactly("1458 1455");
    assertThat(project.lake("select month(date), count(*) > 3000 from raw.flights group by 1"))
        .containsExactly("1 true", "2 true");
  }

  @Test
  void daysInFoldersAreThoseOfAPipelineOfDaysOrMonths() {
    for (String day : List.of("2024-01-30", "2024-01-31", "2024-02-01")) {
      for (int part = 8; part < 11; part++) {
        file(
            "d/dt=%s/part-%04d.csv".formatted(day, part),
            "id,at,seen\n1,%1$sT23:00:00,%1$s\n2,%1$sT00:00:00,2024-01-30\n".formatted(day));
      }
    }
    String pattern = root.resolve("p/d").toAbsolutePath() + "/*/part-*.csv";
    JsonNode days = infer("raw.d", pattern);
    assertThat(days.get("text").asText())
        .contains("/d/dt=${interval:yyyy-MM-dd}/part-*.csv\"", "partition_by: [day(at)]")
        .contains(
            "write: { interval_column: at }   # all 18 values of at in 9 files lie in the day");

    JsonNode months = infer("raw.d", pattern, "--pipeline", root.resolve("p").toString());
    assertThat(months.get("text").asText())
        .contains("/d/dt=${interval:yyyy-MM}-*/part-*.csv\"", "partition_by: [month(at)]");
    write("raw.d", months);
    JsonNode report = project.run(List.of(Phase.INGEST), "--interval", "2024-01..2024-02");
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    assertThat(project.lake("select count(*) from raw.d")).containsExactly("18");
  }

  @Test
  void whatASampleHoldsIsOnNoDisk() throws TimeoutException {
    StringBuilder rows = new StringBuilder("mail,visit\n");
    IntStream.range(0, 2000).forEach(i -> rows.append("canary-%d@x.org,%d\n".formatted(i, i % 9)));
    file("s/a.csv", rows.toString());
    try (ShuffleFiles disks = ShuffleFiles.watch()) {
      String files = root.resolve("p/s/a.csv").toAbsolutePath().toString();
      assertThat(infer("raw.s", files, "--rows", "1500").get("text").asText())
          .contains("a sample: 1,500 rows", "key: [mail]");
      assertThat(disks.text()).isNotEmpty().doesNotContain("canary");
    }
  }

  @Test
  void whatIsNotSureOfAnIntervalIsAComment() {
    file("m/a-2024-01.csv", "id,at\n1,2024-01-31\n");
    String one = root.resolve("p/m").toAbsolutePath() + "/*.csv";
    assertThat(infer("raw.m", one).get("text").asText())
        .as("one file alone may be called so for good")
        .contains(
            "/m/*.csv\"", "# write: { interval_column: at }", "# from:", "${interval:yyyy-MM}");

    file("m/a-2024-02.csv", "id,at\n2,2024-02-01\n3,2024-03-01\n");
    JsonNode others = infer("raw.m", one);
    assertThat(others.at("/interval/declared").asBoolean()).isFalse();
    assertThat(others.get("text").asText())
        .contains("# No column has only values of the month of its file: at has others in 1 of 2")
        .doesNotContain("interval_column");
    file("m/a-2024-02.csv", "id,at\n2,2024-02-01T05:00:00Z\n3,2024-03-01T04:59:00Z\n");
    file("m/a-2024-01.csv", "id,at\n1,2024-01-31T05:00:00Z\n");
    assertThat(infer("raw.m", one).get("text").asText())
        .contains("at has others in 1 of 2 files, by hours: is interval.zone another than UTC?");
    file("m/a-2024-01.csv", "id,at\n1,2024-01-31\n");

    file("m/a-2024-02.csv", "id,at\n2,2024-02-01\n");
    project.file("p/pipeline.yaml", "pipeline: p\n");
    String ofThePipeline =
        infer("raw.m", one, "--pipeline", root.resolve("p").toString()).get("text").asText();
    assertThat(ofThePipeline)
        .as("a pipeline that has no interval")
        .contains(
            "write interval: { unit: month } in pipeline.yaml", "# partition_by: [month(at)]");
    file("m/b.csv", "id,at\n2,2024-02-01\n");
    assertThat(infer("raw.m", one).has("interval")).as("not all have a date").isFalse();
  }

  /** Some thousand rows of all kinds take a fraction of the time. */
  private String everySeventhRow(String file) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(FLIGHTS.resolve(file))), UTF_8));
        Writer some = new OutputStreamWriter(new GZIPOutputStream(packed), UTF_8)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (number++ % 7 == 0) {
          some.write(line + "\n");
        }
      }
    }
    project.file("p/" + file, packed.toByteArray());
    return root.resolve("p").resolve(file).toAbsolutePath().toString();
  }

  @Test
  void aKeyAndWhatIsMissingAreSeen() {
    JsonNode planes =
        infer("raw.planes", FLIGHTS.resolve("planes.csv.gz").toAbsolutePath().toString());
    assertThat(texts(planes.get("key"))).containsExactly("tailnum");
    assertThat(texts(planes.get("null_values"))).containsExactly("NA");
    assertThat(types(planes))
        .contains("tailnum string required", "year int", "speed int", "engines int required");
    assertThat(planes.get("text").asText())
        .contains("# key: [tailnum]   # unique in all rows")
        .containsPattern(
            "speed: +\\{ type: int \\} +# only 23 values seen; 3,299 null \\(99.3%\\)");
  }

  @Test
  void twoColumnsMayBeAKeyTogether() {
    StringBuilder rows = new StringBuilder("shop;day;sold\n");
    for (int i = 0; i < 400; i++) {
      rows.append("s%d;2024-01-%02d;%d.50\n".formatted(i % 20, 1 + i / 20, i % 7));
    }
    JsonNode found = infer("raw.sold", file("sold.csv", rows.toString()));
    assertThat(texts(found.get("key"))).containsExactly("shop", "day");
    assertThat(types(found))
        .containsExactly(
            "shop string complete", "day date complete", "sold decimal(10,2) complete");
  }

  /** Values as they come in real files, each column another mixture of them. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void whateverIsInAFileItsTableLoadsItAll(long seed) throws IOException {
    Random random = new Random(seed);
    int columns = 16;
    List<List<String>> pools = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      pools.add(pool(random));
    }
    StringBuilder text = new StringBuilder("c0");
    for (int c = 1; c < columns; c++) {
      text.append(",c").append(c);
    }
    for (int row = 0; row < 200; row++) {
      text.append("\nrow ").append(row);
      for (int c = 1; c < columns; c++) {
        text.append(',').append(pick(pools.get(c), random));
      }
    }
    write("raw.nasty", infer("raw.nasty", file("nasty.csv", text.append('\n').toString())));
    loadsEverything("nasty");
    assertThat(project.lake("select count(*) from raw.nasty")).containsExactly("200");
  }

  private static List<String> pool(Random random) {
    List<List<String>> kinds =
        List.of(
            List.of("1", "2", "-3", "+4", "2147483647", "2147483648", " 5"),
            List.of("1.5", "2.", ".5", "1e5", "1E-3", "NaN", "Infinity", "1d", "2f", "1e400"),
            List.of("007", "0", "00", "12345678901234567890", "1_000", "0x1F", "\"1,000\""),
            List.of("12.50", "7.00", "0.1234567890123456789", "999999999999999999999999.99"),
            List.of("true", "FALSE", "yes", "no", "t", "f", "1", "0"),
            List.of("2024-01-31", "2024-1-1", "2024-02-30", "0000-01-01", "9999-12-31", "2024-01"),
            List.of(
                "2024-01-31T10:00:00Z",
                "2024-01-31 10:00",
                "2024-01-31T10:00:00.1234567",
                "2024-01-31 24:00:00",
                "2024-01-31T10:00+25:00",
                "2024-01-31 10:00:00 UTC"),
            List.of("31.12.2024", "01/02/2024", "13/02/2024", "20240131", "20241301"),
            List.of("NA", "NULL", "-", "?", "", "\"\"", "None", "\\N", "."),
            List.of("ä", "\"a,b\"", "\"x\ny\"", "\"say \"\"hi\"\"\"", " a ", "😀", "'"));
    List<String> pool = new ArrayList<>();
    int parts = 1 + random.nextInt(2);
    for (int i = 0; i < parts; i++) {
      List<String> kind = kinds.get(random.nextInt(kinds.size()));
      int from = random.nextInt(kind.size());
      pool.addAll(kind.subList(from, Math.min(kind.size(), from + 1 + random.nextInt(4))));
    }
    return pool;
  }

  private static String pick(List<String> pool, Random random) {
    return pool.get(random.nextInt(pool.size()));
  }

  @Test
  void valuesOfPersonsAreNotShown() {
    StringBuilder rows = new StringBuilder("mail,id\n");
    for (int i = 0; i < 100; i++) {
      rows.append("ada").append(i).append("@example.org,").append(i).append('\n');
    }
    JsonNode found = infer("raw.people", file("people.csv", rows + "secret,x\n"));
    String text = found.get("text").asText();
    assertThat(text)
        .contains("personal? the values look like email: pii: true")
        .doesNotContain("secret");
    assertThat(text).contains("99.0% of 101 values look like long; others: \"x\"");
  }

  @Test
  void fieldsThatMayBeCalledAnythingAreLoadedAsColumns() {
    String header =
        "id,Order ID,Größe,customer-id,2024,Total ($),Total (€),\"Net \"\"Price\"\", incl."
            + " VAT\",,Имя,a`b\\,E-Mail\n";
    StringBuilder rows = new StringBuilder();
    List<String> values = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(i)));
      for (int field = 1; field < 12; field++) {
        row.add("v" + field + "_" + i);
      }
      rows.append(String.join(",", row)).append('\n');
      values.add(String.join(" ", row));
    }
    JsonNode found = infer("raw.t", file("t.csv", header + rows));
    write("raw.t", found);

    assertThat(texts(found.get("not_loaded"))).isEmpty();
    assertThat(found.get("columns"))
        .extracting(c -> c.get("name").asText())
        .containsExactly(
            "id",
            "order_id",
            "groesse",
            "customer_id",
            "f_2024",
            "total",
            "total_2",
            "net_price_incl_vat",
            "c8",
            "field",
            "a_b",
            "e_mail");
    assertThat(found.get("text").asText())
        .contains("from: \"Order ID\"", "from: \"Größe\"", "from: \"2024\"", "from: \"_c8\"")
        .contains("from: \"Net \\\"Price\\\", incl. VAT\"", "from: \"a`b\\\\\"");
    loadsEverything("t");
    assertThat(project.lake("select * from raw.t")).containsExactlyInAnyOrderElementsOf(values);
  }

  @Test
  void fieldsOfOtherFormatsMayBeCalledAnythingToo() {
    String objects =
        "{\"Order ID\": 1, \"a.b\": \"x\", \"__own\": 1}\n"
            + "{\"Order ID\": 2, \"a.b\": \"y\", \"__own\": 2}\n";
    JsonNode jsonl = infer("raw.j", file("j.jsonl", objects));
    write("raw.j", jsonl);
    assertThat(texts(jsonl.get("key"))).containsExactly("order_id");
    assertThat(texts(jsonl.get("not_loaded")))
        .containsExactly("\"__own\", which no column can be read from");

    String parquet = root.resolve("p/q.parquet").toAbsolutePath().toString();
    TestSpark.session()
        .sql("select 1L as `Order ID`, 2 as `a.b`, 3 as `order_id`")
        .write()
        .parquet(parquet);
    JsonNode typed = infer("raw.q", parquet + "/*.parquet");
    write("raw.q", typed);
    assertThat(types(typed))
        .containsExactly("order_id_2 long complete", "a_b int complete", "order_id int complete");
    loadsEverything("j", "q");
    assertThat(project.lake("select * from raw.j")).containsExactly("1 x", "2 y");
    assertThat(project.lake("select * from raw.q")).containsExactly("1 2 3");
  }

  @Test
  void aSampleIsTakenFromTheBeginningsOfFilesAllOver() {
    for (int i = 0; i < 50; i++) {
      String month = "%d-%02d".formatted(2020 + i / 24, 1 + i / 2 % 12);
      String part = i % 2 == 0 ? "a" : "b";
      file(
          "many/sales-%s-%s.csv".formatted(month, part),
          "id,at\n%1$d,%2$s-05\n%1$d,%2$s-06\n%1$d,%2$s-07\n".formatted(i, month));
    }
    JsonNode found =
        infer("raw.many", root.resolve("p/many").toAbsolutePath() + "/*", "--rows", "80");
    assertThat(found.get("rows").asInt()).isEqualTo(80);
    assertThat(found.get("text").asText())
        .startsWith("# Made from a sample: 80 rows, the first ones of 40 of 50 files.")
        .as("the names of all files count for intervals")
        .contains("/many/sales-${interval:yyyy-MM}-*.csv");
  }

  @Test
  void withoutAHeaderTheFieldsAreNumbered() {
    write("raw.t", infer("raw.t", file("t.csv", "1;a;2024-01-31\n2;b;2024-02-01\n")));
    loadsEverything("t");
    assertThat(project.lake("select c1, c2, c3 from raw.t"))
        .containsExactly("1 a 2024-01-31", "2 b 2024-02-01");
  }

  @Test
  void jsonAndParquetAreFoundOutByTheirNames() {
    String objects =
        """
        {"id": 1, "at": "2024-01-31T10:00:00Z", "tags": ["a"], "code": "007"}
        {"id": 2, "at": "2024-01-31T11:00:00Z"}
        """;
    JsonNode jsonl = infer("raw.j", file("j.jsonl", objects));
    write("raw.j", jsonl);
    assertThat(types(jsonl))
        .containsExactly("id int complete", "at timestamp complete", "tags string", "code string");

    String parquet = root.resolve("p/q.parquet").toAbsolutePath().toString();
    TestSpark.session()
        .sql(
            "select 1L as id, cast(1.5 as decimal(5,2)) as price, '12' as code, cast(3 as smallint)"
                + " as s")
        .write()
        .parquet(parquet);
    JsonNode typed = infer("raw.q", parquet + "/*.parquet");
    write("raw.q", typed);
    assertThat(types(typed))
        .containsExactly(
            "id long complete",
            "price decimal(5,2) complete",
            "code string complete",
            "s int complete");
    loadsEverything("j", "q");
  }

  @Test
  void aKeyIsSeenWhereverItComes() {
    file("k/a.jsonl", "{\"id\":1}\n".repeat(1500) + "{\"id\":2,\"late\":\"x\",\"some\":1}\n");
    file("k/b.jsonl", "{\"id\":3}\n{\"late\":\"y\",\"id\":4}\n");
    file("k/c.jsonl", "");
    JsonNode found = infer("raw.k", root.resolve("p/k").toAbsolutePath() + "/*");
    assertThat(types(found)).containsExactly("id int required", "late string");
    assertThat(texts(found.get("not_loaded")))
        .singleElement()
        .asString()
        .contains("some", "which not all files have");
  }

  @Test
  void daysInAFormOfTheirOwnAndBytesThatAreNoUtf8AreRead() {
    byte[] text =
        "tag;wert\n31.12.2024;größer\n01.02.2024;kleiner\n"
            .getBytes(Charset.forName("windows-1252"));
    project.file("p/d.csv", text);
    JsonNode found = infer("raw.d", root.resolve("p/d.csv").toAbsolutePath().toString());
    write("raw.d", found);
    assertThat(types(found)).containsExactly("tag date complete", "wert string complete");
    loadsEverything("d");
    assertThat(project.lake("select * from raw.d"))
        .containsExactly("2024-02-01 kleiner", "2024-12-31 größer");
  }

  @Test
  void filesOfSeveralKindsAreSaidToBeNone() {
    file("logs/a.log", "ts\tpath\n1\t/a\n");
    file("logs/README.txt", "These are logs\n");
    assertThat(
            infer("raw.logs", root.resolve("p/logs").toAbsolutePath() + "/*").get("text").asText())
        .contains("# No column can be declared. Are they files of one kind?");
  }

  @Test
  void malformedRowsAreCountedAndTheOthersDecide() {
    JsonNode found = infer("raw.t", file("t.csv", "id,x\n" + "1,a\n".repeat(20) + "2\n3,c\n"));
    assertThat(types(found)).containsExactly("id int complete", "x string complete");
    assertThat(found.get("text").asText())
        .contains("# rejects: { at_most: 1% }   # 1 row can't be split into the fields");
    String excel = "sep=;\n" + "1;a;b\n".repeat(9);
    assertThat(infer("raw.t", file("t.csv", excel)).get("text").asText())
        .contains("can't be split into these fields: is the first line the header")
        .doesNotContain("rejects:");
    assertThat(infer("raw.t", file("t.json", "{\"a\": [{\"id\": 1}]}")).get("text").asText())
        .contains("# The file is one object.");
  }

  private String file(String name, String text) {
    project.file("p/" + name, text);
    return root.resolve("p").resolve(name).toAbsolutePath().toString();
  }

  private JsonNode infer(String table, String pattern, String... more) {
    List<String> arguments = List.of("--source", pattern, "--files", pattern, "--table", table);
    List<String> all = Stream.concat(arguments.stream(), Stream.of(more)).toList();
    Reported reported = Reported.of(args -> DriverTask.run(new InferTask(), args), root, all);
    assertThat(reported.exitCode()).as(reported.text()).isZero();
    return reported.json().get("data");
  }

  private void write(String table, JsonNode found) {
    project.table(table, found.get("text").asText());
  }

  private void loadsEverything(String... tables) {
    JsonNode report =
        project.run(List.of(Phase.INGEST, Phase.QUALITY), "--interval", "2013-01..2013-02");
    assertThat(report.get("exit").asInt()).as(report.toString()).isZero();
    assertThat(
            project.ledger(
                "select table_name from afp.step where phase = 'ingest' and rows_rejected = 0"))
        .containsExactlyInAnyOrder(tables);
  }

  private static List<String> types(JsonNode found) {
    List<String> types = new ArrayList<>();
    found
        .get("columns")
        .forEach(
            c ->
                types.add(
                    c.get("name").asText()
                        + " "
                        + c.get("type").asText()
                        + (c.get("required").asBoolean()
                            ? " required"
                            : c.get("complete").asBoolean() ? " complete" : "")));
    return types;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
