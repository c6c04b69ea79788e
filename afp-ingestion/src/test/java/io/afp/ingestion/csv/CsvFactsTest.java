package io.afp.ingestion.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.CsvDef;
import io.afp.ingestion.file.GuardedCsv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What suites of CSV files hold, and what people have met. */
class CsvFactsTest {

  private static final CsvDef USUAL = new CsvDef(false, ",", "\"", "", "", 0);

  private record Fact(String what, Dialect dialect, String text, List<Found> rows) {
    @Override
    public String toString() {
      return what;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"ordinary", "quotes", "lines", "wrong", "dialects"})
  void isReadAsItIsMeant(Fact fact) throws IOException {
    byte[] bytes = fact.text().getBytes(StandardCharsets.UTF_8);
    ScannedCsv scanned = new ScannedCsv(fact.dialect());
    List<Found> found = scanned.records(bytes).stream().map(ScannedCsv.Placed::found).toList();
    assertThat(found).isEqualTo(fact.rows());
    GuardedCsv guarded = new GuardedCsv(fact.dialect().source(), fact.dialect().columns());
    List<Found> others = guarded.lines(bytes).stream().map(Found::of).toList();
    assertThat(others).as("Spark's parser").isEqualTo(fact.rows());
  }

  static Stream<Fact> ordinary() {
    return Stream.of(
        fact("one column", "a\nb\n", row("a"), row("b")),
        fact("no line end at the end", "a,b\nc,d", row("a", "b"), row("c", "d")),
        fact("one field alone", "a", row("a")),
        fact("an empty field between", "a,,c\n", row("a", null, "c")),
        fact("empty fields alone", ",,\n", row(null, null, null)),
        fact("a last field that is empty", "a,\nb,", row("a", null), row("b", null)),
        fact("blanks around values", " a , b \n", row(" a ", " b ")),
        fact("tabs are text", "\ta,b\t\n", row("\ta", "b\t")),
        fact("letters of all scripts", "ʤ,é✓\n漢字,😀\n", row("ʤ", "é✓"), row("漢字", "😀")),
        fact("a byte order mark", "\uFEFFa,b\n", row("a", "b")),
        fact("a byte order mark before a quote", "\uFEFF\"a,\",b\n", row("a,", "b")),
        fact("a byte order mark within", "a,\uFEFFb\n", row("a", "\uFEFFb")),
        fact("other separators are text", "a;b,c|d\n", row("a;b", "c|d")),
        fact("what a spreadsheet would compute", "=1+1,-2\n", row("=1+1", "-2")),
        fact("a comment where there are none", "#a,b\n", row("#a", "b")),
        fact("a zero byte", "a\0,b\n", row("a\0", "b")),
        fact("backslashes", "\\,a\\\n\\N,\"\\\"\n", row("\\", "a\\"), row("\\N", "\\")),
        fact(
            "a long value",
            "a,%s\n".formatted("x".repeat(100_000)),
            row("a", "x".repeat(100_000))));
  }

  static Stream<Fact> quotes() {
    return Stream.of(
        fact("a comma in quotes", "a,\"b, c\"\n", row("a", "b, c")),
        fact("a number with a comma", "45°,\"1,5\"\n", row("45°", "1,5")),
        fact("doubled quotes", "1,\"ha \"\"ha\"\" ha\"\n", row("1", "ha \"ha\" ha")),
        fact("doubled quotes at the edges", "\"\"\"a\",\"b\"\"\"\n", row("\"a", "b\"")),
        fact("a quote alone, doubled", "\"\"\"\",\"\"\"\"\"\"\n", row("\"", "\"\"")),
        fact("JSON", "1,\"{\"\"a\"\": [1, \"\"b\"\"]}\"\n", row("1", "{\"a\": [1, \"b\"]}")),
        fact("empty in quotes", "\"\",\"\"\n1,\"\"\n", row(null, null), row("1", null)),
        fact("one empty column in quotes", "a\n\"\"\nb\n", row("a"), row((String) null), row("b")),
        fact("a quoted delimiter and line end", "\",\",\"\n\"\n", row(",", "\n")),
        fact("blanks within quotes", "\" a \",\" \"\n", row(" a ", " ")),
        fact("blanks behind quotes", "\"a\" ,\"b\"\t\n", row("a", "b")),
        fact("blanks before quotes", "1, \"a\"\n", row("1", " \"a\"")),
        fact("a quote within a value", "1,5\" x 3\"\n", row("1", "5\" x 3\"")),
        fact("a quote at the end of a value", "1,a\"\n2,b\n", row("1", "a\""), row("2", "b")),
        fact("text behind quotes", "1,\"a\" b\n", row("1", "\"a\" b")),
        fact("single quotes", "'a,b'\n", row("'a", "b'")),
        fact("all in quotes", "\"a\",\"b\"\n\"c\",\"d\"\n", row("a", "b"), row("c", "d")));
  }

  static Stream<Fact> lines() {
    return Stream.of(
        fact("line ends of Windows", "a,b\r\nc,d\r\n", row("a", "b"), row("c", "d")),
        fact("line ends of old Macs", "a,b\rc,d\r", row("a", "b"), row("c", "d")),
        fact("line ends of all kinds", "a\r\nb\nc\rd", row("a"), row("b"), row("c"), row("d")),
        fact("a line end in quotes", "1,\"a\nb\"\n2,c\n", row("1", "a\nb"), row("2", "c")),
        fact("one of Windows in quotes", "1,\"a\r\nb\"\r\n", row("1", "a\nb")),
        fact("one of old Macs in quotes", "1,\"a\rb\"\r", row("1", "a\nb")),
        fact("empty lines in quotes", "1,\"\n\n\"\n2,b\n", row("1", "\n\n"), row("2", "b")),
        fact("quotes and line ends", "1,\"a \"\"\n\"\" b\"\n", row("1", "a \"\n\" b")),
        fact("empty lines", "\n\na,b\n\n\r\nc,d\n\n", row("a", "b"), row("c", "d")),
        fact("line ends alone", "\n\r\n\r"),
        fact("nothing", ""),
        fact("a line of blanks", "a\n  \n", row("a"), row("  ")),
        fact(
            "what is no line end",
            "a\u2028,b\u0085\n\f,\u000b\n",
            row("a\u2028", "b\u0085"),
            row("\f", "\u000b")),
        fact("the end of a file of CP/M", "a,b\n\u001a,c\n", row("a", "b"), row("\u001a", "c")));
  }

  static Stream<Fact> wrong() {
    return Stream.of(
        fact(2, "a field too few", "a,b\nc\n", row("a", "b"), bad("c")),
        fact(2, "a field too many", "a,b,c\nd,e\n", bad("a,b,c"), row("d", "e")),
        fact(2, "a delimiter at the end", "a,b,\n", bad("a,b,")),
        fact(
            2,
            "a quote that is not closed",
            "1,a\n2,\"b\n3,c\n",
            row("1", "a"),
            bad("2,\"b\n3,c\n")),
        fact(2, "a quote alone at the end", "1,a\n\"", row("1", "a"), bad("\"")),
        fact(2, "a quote that opens the last field", "1,a\n2,\"", row("1", "a"), bad("2,\"")),
        fact(
            2,
            "a quote that another one closes",
            "1,\"a\n2,\"b\"\n3,c\n",
            bad("1,\"a\n2,\"b\""),
            row("3", "c")),
        fact(
            2,
            "quotes that are not doubled, over lines",
            "1,\"a\nb \"c\" d\"\n",
            bad("1,\"a\nb \"c\" d\"")),
        fact(2, "a line of blanks among others", "a,b\n \n", row("a", "b"), bad(" ")));
  }

  static Stream<Fact> dialects() {
    return Stream.of(
        of("an escaped quote", escape(), "\"a\\\"b\",c\n", row("a\"b", "c")),
        of("an escaped escape", escape(), "\"a\\\\\",b\n", row("a\\", "b")),
        of("an escape of nothing", escape(), "\"a\\nb\",c:\\d\n", row("a\\nb", "c:\\d")),
        of("no quotes", dialect(",", "", ""), "\"a,b\"\n", row("\"a", "b\"")),
        of("single quotes as quotes", dialect(",", "'", ""), "'it''s',\"\n", row("it's", "\"")),
        of("semicolons", dialect(";", "\"", ""), "a,b;\"c;d\"\n", row("a,b", "c;d")),
        of("tabs", dialect("\t", "\"", ""), "a b\t\"c\td\"\n", row("a b", "c\td")),
        of("two characters", dialect("||", "\"", ""), "a|b||\"c||d\"\n", row("a|b", "c||d")),
        of("half a delimiter", dialect("||", "\"", ""), "|a||b|\n", row("|a", "b|")),
        of("a delimiter too long", dialect("||", "\"", ""), "a|||b\n", row("a", "|b")),
        of("comments", dialect(",", "\"", "#"), "#x\na,#b\n#\"\n", row("a", "#b")),
        of(
            "no comment",
            dialect(",", "\"", "#"),
            "\"#a\",b\n #c,d\n",
            row("#a", "b"),
            row(" #c", "d")));
  }

  private static CsvDef dialect(String delimiter, String quote, String comment) {
    return new CsvDef(false, delimiter, quote, "", comment, 0);
  }

  private static CsvDef escape() {
    return new CsvDef(false, ",", "\"", "\\", "", 0);
  }

  private static Fact fact(String what, String text, Found... rows) {
    return fact(rows.length == 0 ? 2 : rows[0].values().size(), what, text, rows);
  }

  private static Fact fact(int columns, String what, String text, Found... rows) {
    return new Fact(what, new Dialect(USUAL, StandardCharsets.UTF_8, columns), text, List.of(rows));
  }

  private static Fact of(String what, CsvDef csv, String text, Found... rows) {
    return new Fact(what, new Dialect(csv, StandardCharsets.UTF_8, 2), text, List.of(rows));
  }

  private static Found row(String... values) {
    return Found.of(Collections.unmodifiableList(Arrays.asList(values)));
  }

  private static Found bad(String text) {
    return Found.malformed(text);
  }
}
