package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.FileFormat;
import io.afp.core.definition.TableDef;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JsonLinesTest extends FileTests {

  private static final TableDef TABLE = table("id int", "name string");

  @Override
  FileFormat format() {
    return FileFormat.JSONL;
  }

  @Test
  void fieldsAreFoundByTheirKeysInAnyCaseAndOrder() {
    file("a.jsonl", "{\"id\":1,\"name\":\"a\"}\n\n{\"NAME\":\"b\", \" Id \":2}\r\n{\"id\":3}");
    assertThat(accepted(TABLE, "a.jsonl")).containsExactly("1 a", "2 b", "3 null");
  }

  @Test
  void valuesAreTheirTextsWithAllDigits() {
    file(
        "a.jsonl",
        """
        {"id":1,"name":1.10}
        {"id":2,"name":0.12345678901234567890123}
        {"id":3,"name":1E+400}
        {"id":4,"name":true}
        {"id":5,"name":null}
        {"id":6,"name":{"b":[1.50,null,"x\\"y"],"a":{}}}
        {"id":7,"name":""}
        {"id":8,"name":NaN}
        {"id":9,"name":"a\\u0000b\\nc ✓ \\ud83d\\ude00"}
        """);
    assertThat(accepted(TABLE, "a.jsonl"))
        .containsExactly(
            "1 1.10",
            "2 0.12345678901234567890123",
            "3 1E+400",
            "4 true",
            "5 null",
            "6 {\"b\":[1.50,null,\"x\\\"y\"],\"a\":{}}",
            "7",
            "8 NaN",
            "9 a\0b\nc ✓ 😀");
  }

  @Test
  void linesThatAreNoObjectAreKeptAsTheyAre() {
    String[] wrong = {
      "5",
      "\"x\"",
      "null",
      "[{\"id\":1}]",
      "{\"id\":1",
      "{\"id\":1} {\"id\":2}",
      "{'id':1}",
      "id=1",
      "{\"id\":1,\"ID\":2}",
      "{\"id\":1,\"id\":1}",
      "{\"id\":1,\"name\":\"\\ud83d\"}",
      "\0\0\0",
    };
    file("a.jsonl", "{\"id\":7}\n" + String.join("\n", wrong) + "\n{\"id\":8}\n");
    assertThat(accepted(TABLE, "a.jsonl")).containsExactly("7 null", "8 null");
    assertThat(rejected(TABLE, "a.jsonl"))
        .containsExactlyInAnyOrder(
            Arrays.stream(wrong).map(w -> ("malformed " + w).strip()).toArray(String[]::new));
  }

  @Test
  void aValueOfAnotherShapeRejectsItsRow() {
    file(
        "a.jsonl",
        "{\"id\":\"x\"}\n{\"id\":1.5}\n{\"id\":[1]}\n{\"id\":{\"a\":1}}\n{\"id\":\"4\"}\n");
    assertThat(accepted(TABLE, "a.jsonl")).containsExactly("4 null");
    assertThat(rejected(TABLE, "a.jsonl"))
        .containsExactly("id type 1.5", "id type [1]", "id type x", "id type {\"a\":1}");
  }

  @Test
  void keysThatAreNotDeclaredAreFieldsOfTheSource() {
    file(
        "a.jsonl", "{\"id\":1,\"New\":{\"a\":1},\"a.b\":2,\"__x\":3}\n{\"id\":\"x\",\"late\":2}\n");
    FileSource source = source(TABLE, "a.jsonl");
    assertThat(source.layouts(session()).get(0).names())
        .containsExactly("id", "new", "a.b", "__x", "late");
    assertThat(accepted(TABLE, "a.jsonl")).containsExactly("1 null");
    assertThat(conform(TABLE, "a.jsonl").rejected().select("record").head().getString(0))
        .isEqualTo("{\"id\":\"x\",\"late\":\"2\"}");
  }

  @Test
  void aFileHasTheKeysOfAllItsObjects() {
    file("a.jsonl", "{\"id\":1}\n".repeat(20_000) + "{\"Late\":1,\"id\":2}\n");
    file("b.jsonl", "{\"late\":{\"name\":1}}\n{\"id\":3}\n");
    file("c.jsonl", "{\"id\":4,\"name\":null}\n{}\n");
    file("d.jsonl", "{}\n");
    FileSource source = source(TABLE, "a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl");
    assertThat(source.layouts(session()))
        .extracting(Layout::names)
        .containsExactly(List.of("id", "late"), List.of("id", "name"), List.of());
    assertThat(source.layouts(session()).get(0).addresses())
        .containsExactly(address("a.jsonl"), address("b.jsonl"));
    assertThat(source.firstLayouts(session()).get(0).names()).containsExactly("id");
  }

  @Test
  void whatIsNoObjectHasNoKeys() {
    file("a.jsonl", "{\"id\":1\n[{\"id\":1}]\n5\n{\"id\":1} x\n\n");
    FileSource source = source(TABLE, "a.jsonl");
    assertThat(source.layouts(session())).isEmpty();
    assertThat(conform(TABLE, "a.jsonl").rejected().count()).isEqualTo(4);
  }

  @Test
  void keysThatAreValuesAreNoColumns() {
    StringBuilder ids = new StringBuilder();
    for (int i = 0; i <= JsonKeys.MOST; i++) {
      ids.append("{\"u%d\":1}%n".formatted(i));
    }
    file("a.jsonl", ids.toString());
    assertThat(failure(TABLE, "a.jsonl"))
        .startsWith("AFP-ING-003")
        .contains("a.jsonl: its objects, with those of the files before it, have more than 20,480");
  }

  @Test
  void aKeyThatNoColumnCanHaveIsToldInWordsThatCanBeStored() {
    file(
        "a.jsonl",
        "{\"a\\u0000b\":1,\"\":2,\"\\ud83d\":3,\"%s\\u0000\":4}".formatted("k".repeat(200)));
    assertThat(source(TABLE, "a.jsonl").layouts(session()).get(0).names())
        .containsExactly("a?b", "(blank)", "?", "k".repeat(100) + "…");
    assertThat(accepted(TABLE, "a.jsonl")).containsExactly("null null");
  }

  @Test
  void deepAndLongValuesAreTexts() {
    String deep = "[".repeat(5000) + "]".repeat(5000);
    String digits = "9".repeat(1000);
    file("a.jsonl", "{\"id\":1,\"name\":%s}\n{\"id\":2,\"name\":%s}\n".formatted(deep, digits));
    assertThat(accepted(TABLE, "a.jsonl")).containsExactly("1 " + deep, "2 " + digits);
  }

  @Test
  void aRejectSaysItsLine() {
    file("a.jsonl", "{\"id\":1}\n\n{\"id\":\"x\"}\n5\n");
    assertThat(texts(conform(TABLE, "a.jsonl").rejected().selectExpr("line", "record")))
        .containsExactly("3 {\"id\":\"x\"}", "4 5");
  }

  @Test
  void aFileWithoutLinesHasNoRows() {
    file("a.jsonl", "");
    file("b.jsonl", "\n \n");
    assertThat(accepted(TABLE, "a.jsonl", "b.jsonl")).isEmpty();
  }

  @Test
  void bytesThatAreNoUtf8FailWithTheirPlace() {
    file("a b.jsonl", new byte[] {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xE4, '"', '}', '\n'});
    assertThat(failure(TABLE, "a b.jsonl"))
        .startsWith("AFP-ING-002")
        .contains("a b.jsonl: it is broken (byte 7 (0xE4) is wrong in UTF-8");
  }

  @Test
  void aLineOfFiftyMegabytesIsRead() {
    file("a.jsonl", "{\"id\":1,\"name\":\"" + "x".repeat(50_000_000) + "\"}\n{\"id\":2}\n");
    assertThat(texts(conform(TABLE, "a.jsonl").accepted().selectExpr("id", "length(name)")))
        .containsExactly("1 50000000", "2 null");
  }

  /** Those that are open have buffers of 300 kB each: of all together 3 GB, more than the heap. */
  @Test
  @Tag("long")
  void aTaskHoldsWhatOneFileNeedsHoweverManyItReads() {
    String[] names =
        IntStream.range(0, 10_000).mapToObj("%05d.jsonl"::formatted).toArray(String[]::new);
    for (String name : names) {
      file(name, "{\"id\":1}\n");
    }
    SparkSession session = session().newSession();
    session.conf().set("spark.sql.files.openCostInBytes", "0"); // all in one task
    Dataset<Row> rows = source(TABLE, names).read(session).rows();
    assertThat(rows.javaRDD().getNumPartitions()).isOne();
    assertThat(rows.count()).isEqualTo(10_000);
    assertThat(Runtime.getRuntime().maxMemory()).isLessThan(10_000 * 300_000L);
  }
}
