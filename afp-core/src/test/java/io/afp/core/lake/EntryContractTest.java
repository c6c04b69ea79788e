package io.afp.core.lake;

import static io.afp.core.definition.CheckBuilder.in;
import static io.afp.core.definition.CheckBuilder.length;
import static io.afp.core.definition.CheckBuilder.lengthUpTo;
import static io.afp.core.definition.CheckBuilder.matches;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.testing.TestSpark;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a column of a source demands beside its type. */
class EntryContractTest {

  @BeforeEach
  void aSessionWithoutACatalog() {
    SparkSession.setActiveSession(TestSpark.session());
  }

  @Test
  void eachReasonSaysInWordsWhatIsWrong() {
    TableDef table =
        Contracts.table()
            .column("id", "int", c -> c.required())
            .column("origin", "string", c -> c.rejectUnless(in("EWR", "JFK")))
            .column("size", "decimal(4,1)")
            .column("name", "string", c -> c.rejectUnless(length(2, 5)))
            .column("code", "string", c -> c.rejectUnless(matches("[A-Z]{3}")))
            .column("day", "date", c -> c.format("dd.MM.yyyy"))
            .build();
    RawRows raw =
        Contracts.raw(
            "id,origin,size,name,code,day",
            "12a,XXX,1.25,a,abc,2013-01-05",
            ",JFK,1,abcdef,ABCD,30.02.2013",
            "7,EWR,1.5,abc,ABC,05.01.2013");
    Contract.Conformed conformed = conform(table, raw);
    assertThat(Contracts.messages(conformed))
        .containsExactly(
            "id not an int: \"12a\"; size not a decimal(4,1): \"1.25\"; day not a date of the form dd.MM.yyyy: \"2013-01-05\";"
                + " origin not one of [EWR, JFK]: \"XXX\"; name shorter than 2 characters: \"a\"; code does not match [A-Z]{3}: \"abc\"",
            "id no value: \"\"; day not a date of the form dd.MM.yyyy: \"30.02.2013\"; name longer than 5 characters: \"abcdef\";"
                + " code does not match [A-Z]{3}: \"ABCD\"");
    assertThat(conformed.accepted().collectAsList().toString())
        .isEqualTo("[[7,EWR,1.5,abc,ABC,2013-01-05]]");
  }

  @Test
  void aLongValueIsCutInTheMessageOnly() {
    TableDef table =
        Contracts.table().column("name", "string", c -> c.rejectUnless(lengthUpTo(3))).build();
    String name = "x".repeat(150);
    Contract.Conformed conformed = conform(table, Contracts.raw("name", name));
    assertThat(Contracts.messages(conformed))
        .containsExactly("name longer than 3 characters: \"%s…\"".formatted("x".repeat(100)));
    assertThat(Contracts.reasons(conformed)).containsExactly("name length " + name);
    assertThat(conformed.rejected().select("record").head().getString(0))
        .isEqualTo("{\"name\":\"%s\"}".formatted(name));
  }

  @Test
  void aDefaultTakesThePlaceOfWhatIsMissingAndNotOfWhatIsWrong() {
    TableDef table =
        Contracts.table()
            .column("a", "int", c -> c.required().otherwise("-1"))
            .column("b", "date", c -> c.otherwise("2000-01-01").format("yyyyMMdd"))
            .column("missing", "string", c -> c.otherwise("none"))
            .build();
    RawRows raw = Contracts.raw("a,b", "NA,NA", "5,20130105", "x,20130105");
    assertThat(accepted(conform(table, raw)))
        .containsExactly("[-1,2000-01-01,none]", "[5,2013-01-05,none]");
    assertThat(Contracts.reasons(conform(table, raw))).containsExactly("a type x");
  }

  @Test
  void rulesJudgeValuesAndNotNull() {
    TableDef table =
        Contracts.table()
            .column("n", "long", c -> c.rejectUnless(in("1", "2")))
            .column("twice", "long", c -> c.expr("n * 2").rejectUnless(in("2")))
            .build();
    Contract.Conformed conformed = conform(table, Contracts.raw("n", "1", "NA", "2", "3"));
    assertThat(accepted(conformed)).containsExactly("[1,2]", "[null,null]");
    assertThat(Contracts.reasons(conformed)).containsExactly("twice in 4", "n in 3, twice in 6");
  }

  @Test
  void ofRowsWithOneKeyTheSameOneIsLoadedInWhateverOrderTheyCome() {
    TableBuilder table = Contracts.table().column("id", "int").column("name", "string");
    TableDef keyed = table.key("id").rejectDuplicates().build();
    String[] rows = {"1,b", "1,a", "2,c", "x,a", "NA,d", "NA,d", "1,a"};
    String[] turned = {"1,a", "NA,d", "NA,d", "x,a", "2,c", "1,a", "1,b"};
    for (String[] records : List.of(rows, turned)) {
      Contract.Conformed conformed = conform(keyed, Contracts.raw("id,name", records));
      assertThat(accepted(conformed))
          .containsExactlyInAnyOrder("[1,a]", "[2,c]", "[null,d]", "[null,d]");
      assertThat(Contracts.messages(conformed))
          .containsExactlyInAnyOrder(
              "id not an int: \"x\"",
              " another row has the key [id]: \"1\"",
              " another row has the key [id]: \"1\"");
      assertThat(conformed.rejected().select("record").collectAsList().toString())
          .contains("{\"id\":\"1\",\"name\":\"b\"}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "date | dd.MM.yyyy | 05.01.2013 | 2013-01-05",
        "date | d MMM yyyy | 5 jan 2013 | 2013-01-05",
        "date | yyMMdd | 130105 | 2013-01-05",
        "timestamp | dd.MM.yyyy HH:mm | 05.01.2013 12:30 | 2013-01-05 12:30:00",
        "timestamp | yyyyMMdd'T'HHmmssX | 20130105T123000+02 | 2013-01-05 10:30:00",
        "timestamp | yyyyMMdd | 20130105 | 2013-01-05 00:00:00",
        "timestamp | MM/dd/yyyy hh:mm a | 01/05/2013 01:30 PM | 2013-01-05 13:30:00",
        "timestamp_ntz | dd.MM.yyyy HH:mm:ss.SSS | 05.01.2013 12:30:01.250 | 2013-01-05 12:30:01.25",
        "decimal(10,2) | '#.##0,00' | 1.234,50 | 1234.50",
        "decimal(10,2) | '#.##0,00' | -1234,5 | -1234.50",
        "int | '#,##0' | 1,234,567 | 1234567",
        "double | '0,00' | 1,5 | 1.5",
      })
  void aValueOfItsFormatIsTaken(String type, String format, String text, String value) {
    assertThat(Contracts.outcome(type, format, text)).isEqualTo("= " + value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "date | dd.MM.yyyy | 30.02.2013",
        "date | dd.MM.yyyy | 5.1.2013",
        "date | dd.MM.yyyy | 05.01.2013 12:30",
        "date | dd.MM.yyyy | 2013-01-05",
        "timestamp | dd.MM.yyyy HH:mm | 05.01.2013 24:30",
        "timestamp | dd.MM.yyyy HH:mm | 05.01.2013",
        "timestamp_ntz | yyyyMMddHHmmss.SSSSSSSSS | 20130105123000.000000001",
        "decimal(10,2) | '#.##0,00' | 1.23,50",
        "decimal(10,2) | '#.##0,00' | 1234.50",
        "decimal(10,2) | '#.##0,00' | '1,234'",
        "int | '#,##0' | '1,23'",
        "int | '#,##0' | '12,345,678,901'",
      })
  void aTextOfAnotherFormatIsRejected(String type, String format, String text) {
    assertThat(Contracts.outcome(type, format, text)).isEqualTo("c type " + text);
  }

  @Test
  void aTimeWithoutAZoneIsReadFromTheClockOfTheDeclaredOne() {
    TableDef table =
        Contracts.table()
            .column("t", "timestamp", c -> c.zone("Europe/Berlin"))
            .column("u", "timestamp", c -> c.zone("Europe/Berlin").format("dd.MM.yyyy HH:mm"))
            .build();
    RawRows raw =
        Contracts.raw(
            "t,u",
            "2013-07-01 12:00:00,01.07.2013 12:00",
            "2013-01-01T12:00:00Z,27.10.2013 02:30",
            "2013-03-31 02:30:00,31.03.2013 02:30",
            "2013-01-01 12:00,NA");
    Contract.Conformed conformed = conform(table, raw);
    assertThat(conformed.accepted().selectExpr("string(t)", "string(u)").collectAsList().toString())
        .as("of a time that the clock shows twice the first is meant")
        .isEqualTo(
            "[[2013-07-01 10:00:00,2013-07-01 10:00:00], [2013-01-01 12:00:00,2013-10-27 00:30:00],"
                + " [2013-01-01 11:00:00,null]]");
    assertThat(Contracts.reasons(conformed))
        .as("the clock never showed it")
        .containsExactly("t type 2013-03-31 02:30:00, u type 31.03.2013 02:30");
  }

  private static List<String> accepted(Contract.Conformed conformed) {
    return conformed.accepted().collectAsList().stream().map(Object::toString).toList();
  }

  private static Contract.Conformed conform(TableDef table, RawRows raw) {
    return new Contract(table, List.of("NA", "")).conform(raw);
  }
}
