package io.afp.ingestion.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@code docs/csv.md}, row by row: the options of Spark's reader beside that. */
class CsvOptionsTest {

  private static final String TEXTS = "a string, b string, c string";

  @TempDir Path folder;

  private record Case(String what, String schema, String text, Map<String, String> options) {

    @Override
    public String toString() {
      return what + " " + options;
    }

    Charset charset() {
      return Stream.of("encoding", "charset")
          .filter(options::containsKey)
          .map(name -> Charset.forName(options.get(name)))
          .findFirst()
          .orElse(StandardCharsets.UTF_8);
    }
  }

  private static Case of(String what, String schema, String text, String... options) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      given.put(options[i], options[i + 1]);
    }
    return new Case(what, schema, text, given);
  }

  private static SparkSession session() {
    SparkSession session = TestSpark.session().newSession();
    session.conf().set("spark.sql.session.timeZone", "UTC");
    return session;
  }

  private Dataset<Row> rows(String format, Case read) {
    DataFrameReader reader = session().read().format(format).options(read.options());
    if (format.equals("csv") && !read.options().containsKey("multiLine")) {
      reader.option("multiLine", true);
    }
    return (read.schema().isEmpty() ? reader : reader.schema(read.schema())).load(file(read));
  }

  private String file(Case read) {
    try {
      return Files.writeString(folder.resolve("a.csv"), read.text(), read.charset()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> texts(String format, Case read) {
    return rows(format, read).collectAsList().stream()
        .map(row -> row.toString().replace("\n", "\\n").replace("\r", "\\r"))
        .toList();
  }

  private boolean isRead(Case read) {
    return plan(read).contains("afp-csv");
  }

  private String plan(Case read) {
    return rows("afp-csv", read).queryExecution().executedPlan().toString();
  }

  @ParameterizedTest
  @MethodSource
  void meansTheSame(Case read) {
    assertThat(texts("afp-csv", read)).isNotEmpty().isEqualTo(texts("csv", read));
    assertThat(isRead(read)).as("read by AFP").isTrue();
  }

  static Stream<Case> meansTheSame() {
    String blanks = " a , \"b \" ,\t\n  ,\" \", c d \n\"a\" x , y,z\n\n  \n1, 2 ,  \"\"  \n";
    String empties = "\"\",,NA\n\"NA\", ,x\n";
    return Stream.of(
        of("none", TEXTS, "a,\"b,\",c\n1,2,\n\"\",,x\n"),
        of("separator", TEXTS, "a;b,;c\n", "sep", ";"),
        of("separator", TEXTS, "a|b,|c\n", "delimiter", "|"),
        of("separator", TEXTS, "a||b|c||\"d||\"\n", "sep", "||"),
        of("separator", TEXTS, "a\tb\tc\n", "sep", "\\t"),
        of("encoding", TEXTS, "ä,ö,ü\n", "encoding", "ISO-8859-1"),
        of("encoding", TEXTS, "ä,ö,ü\n", "charset", "UTF-16"),
        of("quote", TEXTS, "'a,',\"b,c\n", "quote", "'"),
        of("no quote", TEXTS, "\"a,b\",c\n", "quote", ""),
        of("escape", TEXTS, "\"a\"\"\",\"\\b\",c\n", "escape", "\""),
        of("escape", TEXTS, "\"a!\"\",\"b!!\",!c\n", "escape", "!"),
        of("comment", TEXTS, "#x\na,#b,c\n#\n", "comment", "#"),
        of("header", TEXTS, "a,b,c\n1,2,3\n", "header", "true"),
        of("header, and no schema", "", "x,y\n1,2\n", "header", "true"),
        of("no schema", "", "x,y\n1,2\n"),
        of("blanks", TEXTS, blanks, "ignoreLeadingWhiteSpace", "true"),
        of("blanks", TEXTS, blanks, "ignoreTrailingWhiteSpace", "true"),
        of(
            "blanks",
            TEXTS,
            blanks,
            "ignoreLeadingWhiteSpace",
            "true",
            "ignoreTrailingWhiteSpace",
            "true"),
        of(
            "blanks of typed values",
            "a int, b date, c double",
            " 1 , 2024-02-29 , 1.5 \n",
            "ignoreLeadingWhiteSpace",
            "true",
            "ignoreTrailingWhiteSpace",
            "true"),
        of("null", TEXTS, empties, "nullValue", "NA"),
        of("null", "a string, b int, c int", "x,NA,1\n,,2\n", "nullValue", "NA"),
        of("empty", TEXTS, empties, "emptyValue", "none"),
        of("empty", TEXTS, empties, "emptyValue", "", "nullValue", "NA"),
        of("empty", TEXTS, empties, "emptyValue", "NA", "nullValue", "NA"),
        of("empty of a number", "a int, b string", "\"\",x\n", "nullValue", "NA"),
        of("dates", "a date", "29.02.2024\n", "dateFormat", "dd.MM.yyyy"),
        of("times", "a timestamp", "29.02.2024 23:59\n", "timestampFormat", "dd.MM.yyyy HH:mm"),
        of(
            "local times",
            "a timestamp_ntz",
            "29.02.2024 23:59\n",
            "timestampNTZFormat",
            "dd.MM.yyyy HH:mm"),
        of(
            "zone",
            "a timestamp",
            "29.02.2024 23:59\n",
            "timestampFormat",
            "dd.MM.yyyy HH:mm",
            "timeZone",
            "Asia/Tokyo"),
        of("mode", "a int, b string, _corrupt_record string", "1,a\nx,b\n2\n3,c,d\n"),
        of(
            "corrupt",
            "a int, b string, bad string",
            "1,a\nx,b\n2\n",
            "mode",
            "PERMISSIVE",
            "columnNameOfCorruptRecord",
            "bad"),
        of("mode", "a int, b string", "1,a\nx,b\n2\n3,c,d\n", "mode", "DROPMALFORMED"),
        of("mode", "a int, b string", "1,a\n2,b\n", "mode", "FAILFAST"),
        of("line ends", TEXTS, "a,b,\"c\nd\"\n1,2,3\n", "multiLine", "true"),
        of("line ends", TEXTS, "a,b\r,\"c\r\nd\"\n1,2,3\r\n", "lineSep", "\n"),
        of("line ends", TEXTS, "a,b\n,\"c\nd\"\r1,2,3\r", "lineSep", "\r"),
        of("line ends", TEXTS, "a,b\n,\"c^d\"^1,2,\r\n3^", "lineSep", "^"),
        of("type", "a tinyint, b smallint", "a,b\n-128,32767\n128,x\n,+01\n", "header", "true"),
        of("limit", TEXTS, "a,b,c\n", "maxColumns", "3"),
        of("limit", TEXTS, "abcde,\"a,\"\"b\",c\n", "maxCharsPerColumn", "5", "escape", "\""),
        of("unused", TEXTS, "a,b,c\n", "samplingRatio", "0.5", "preferDate", "false"),
        of("unused", TEXTS, "a,b,c\n", "inputBufferSize", "64", "quoteAll", "true"),
        of("unused", TEXTS, "a,b,c\n", "escapeQuotes", "false", "compression", "gzip"),
        of("default", TEXTS, "a,b,c\n", "unescapedQuoteHandling", "STOP_AT_DELIMITER"),
        of("default", TEXTS, "a,b,c\n", "inferSchema", "false", "columnPruning", "true"));
  }

  @ParameterizedTest
  @MethodSource
  void failsAlike(Case read) {
    assertThatThrownBy(() -> texts("csv", read)).as("Spark").isNotNull();
    assertThatThrownBy(() -> texts("afp-csv", read)).hasStackTraceContaining(read.what());
  }

  static Stream<Case> failsAlike() {
    return Stream.of(
        of("line 2 has more than 3 fields", TEXTS, "a,b,c\na,b,c,d\n", "maxColumns", "3"),
        of("in line 1 has more than 5 char", TEXTS, "a,\"abcdef\",b\n", "maxCharsPerColumn", "5"),
        of("line 2 is malformed", "a int, b string", "1,a\nx,b\n", "mode", "FAILFAST"));
  }

  @ParameterizedTest
  @MethodSource
  void isLeftToSparksReader(Case read) {
    assertThat(texts("afp-csv", read)).isNotEmpty().isEqualTo(texts("csv", read));
    assertThat(rows("afp-csv", read).schema()).isEqualTo(rows("csv", read).schema());
    assertThat(isRead(read)).as("read by AFP").isFalse();
  }

  static Stream<Case> isLeftToSparksReader() {
    return Stream.of(
        of("types", "", "a,b\n1,2024-02-29\n", "inferSchema", "true", "header", "true"),
        of("places", "b string, a string", "a,b\n1,2\n", "columnPruning", "false"),
        of("quotes", TEXTS, "\"a\"b,\"c,d\"\n", "unescapedQuoteHandling", "BACK_TO_DELIMITER"),
        of("quotes", TEXTS, "\"a!!\"b\",c,d\n", "charToEscapeQuoteEscaping", "!"),
        of("times", "a date", "2024-2-29T1\n", "enableDateTimeParsingFallback", "true"),
        of("numbers", "a double", "none\n", "nanValue", "none"),
        of("numbers", "a double", "much\n", "positiveInf", "much"),
        of("numbers", "a double", "less\n", "negativeInf", "less"),
        of("numbers", "a decimal(9,2)", "\"1,5\"\n", "locale", "de"),
        of("quote", TEXTS, "§a,§,b,c\n", "quote", "§"),
        of("escape", TEXTS, "\"a§\"\",b,c\n", "escape", "§"),
        of("comment", TEXTS, "§x\na,b,c\n", "comment", "§"),
        of("line ends", TEXTS, "a,b,c§1,2,3§", "lineSep", "§"),
        of("files", TEXTS, "a,b,c\n", "pathGlobFilter", "*.csv"),
        of("type", "a interval day", "INTERVAL '1' DAY\n"));
  }

  @Test
  void whatOnlyAfpHasAndWhatOnlySparkHasDoNotGoTogether() {
    Case both = of("", TEXTS, "a\n", "skipLines", "1", "locale", "de");
    assertThatThrownBy(() -> rows("afp-csv", both))
        .hasMessageContaining("Spark's csv has no [skipLines], and only that has [locale=de]");
  }

  @Test
  void whatNeitherHasIsRefused() {
    assertThatThrownBy(() -> rows("afp-csv", of("", TEXTS, "a\n", "separator", ";")))
        .hasMessageContaining("neither it nor Spark's csv has such options (options=[separator])");
  }

  /** What the page says to be otherwise, and better. */
  @Test
  void someThingsAreOtherwise() {
    differs(
        of("names decide", "b string, a string", "a,b\n1,2\n", "header", "true"),
        List.of("[2,1]"),
        List.of("[1,2]"));
    differs(
        of("nothing is rounded", "a decimal(9,2)", "1.005\n"),
        List.of("[null]"),
        List.of("[1.01]"));
    differs(of("blanks around a number", "a int", " 1 \n"), List.of("[1]"), List.of("[null]"));
    differs(
        of("two characters end a line", TEXTS, "a,b,\"c\r\nd\"\r\n1,\n,3\r\n", "lineSep", "\r\n"),
        List.of("[a,b,c\\r\\nd]", "[1,\\n,3]"),
        List.of("[a,b,c\\r\\nd]", "[1,null,null]", "[null,3,null]"));
    differs(
        of("line ends, mixed", "a string", "a\r\nb\nc\rd"),
        List.of("[a]", "[b]", "[c]", "[d]"),
        List.of("[a]", "[b]", "[c\\rd]"));
  }

  @Test
  void bytesThatAreWrongFailInsteadOfBecomingQuestionMarks() throws IOException {
    String file = Files.write(folder.resolve("wrong.csv"), new byte[] {(byte) 0xE4, 10}).toString();
    DataFrameReader spark = session().read().schema("a string");
    assertThat(spark.csv(file).head().getString(0)).isEqualTo("\uFFFD");
    assertThatThrownBy(() -> spark.format("afp-csv").load(file).collectAsList())
        .hasStackTraceContaining("byte 0 (0xE4) is wrong in UTF-8");
  }

  @Test
  void decimalsAreRoundedAsBySparkWhereThatIsAsked() {
    String text = "1.005\n-1.005\n1.004\n9.994\n1e-9\n12.345e-1\n";
    assertThat(texts("afp-csv", of("", "a decimal(3,2)", text, "rounding", "half_up")))
        .isEqualTo(texts("csv", of("", "a decimal(3,2)", text)));
  }

  private void differs(Case read, List<String> afp, List<String> spark) {
    assertThat(texts("afp-csv", read)).as(read.what()).isEqualTo(afp);
    assertThat(texts("csv", read)).as(read.what() + ", by Spark").isEqualTo(spark);
  }

  @Test
  void thePageHasEveryOptionOfSparksReader() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "csv.md"));
    assertThat(CsvOptions.ofSpark())
        .as("Say in the table of docs/csv.md what becomes of an option")
        .allSatisfy(option -> assertThat(page).contains("`" + option + "`"));
  }
}
