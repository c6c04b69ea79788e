package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.FileFormat;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Contract;
import io.afp.ingestion.file.JsonDocuments.Taken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Generated files of JSON: each value is a row or a reject, or the file fails as a whole. */
class JsonFilesPropertyTest extends FileTests {

  private static final TableDef TABLE =
      TableDef.named("raw.t")
          .fromFiles("x", FileFormat.JSON)
          .column("id", "int", c -> c.required())
          .column("name", "string")
          .build();

  private static final List<String> FIELDS = List.of("id", "name", "other");

  private static final String[] NAMES = {
    "null",
    "\"a\"",
    "\"é✓😀\\n\\u2028\\\"\"",
    "\"\\ud83d\\ude00\\u0000\"",
    "{\"b\": [1.50, null]}",
    "[[], {}]",
    "-0.0",
    "9".repeat(1000),
    "1e" + "0".repeat(1000),
    "[".repeat(5000) + "]".repeat(5000),
    "{\"a\":".repeat(5000) + "1" + "}".repeat(5000),
    "\"" + "x".repeat(100_000) + "\"",
  };

  private static final String[] REJECTS = {
    "5",
    "\"id\"",
    "null",
    "true",
    "[]",
    "[{\"id\": 1}]",
    "{}",
    "{\"name\": \"no id\"}",
    "{\"id\": \"x\"}",
    "{\"id\": 1.5}",
    "{\"id\": " + "9".repeat(1000) + "}",
    "{\"id\": 1, \"id\": 1}",
    "{\"id\": 1, \"ID \": 2}",
    "{\"id\": 1, \"name\": \"\\ud83d\"}",
    "{\"id\": 1, \"name\": [\"\\ude00\"]}",
  };

  private static final String[] BETWEEN = {" ", "\n", "\r\n", "\t", "\n\n  \n"};
  private static final String[] WRONG = {"\0", "}", "]", ",", ":", "\"", "x", "\uFEFF", "{", "["};

  @Override
  FileFormat format() {
    return FileFormat.JSON;
  }

  @Test
  void everyValueOfAWholeFileIsARowOrAReject() {
    List<String> names = new ArrayList<>();
    int rows = 0;
    int rejects = 0;
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      List<String> values = new ArrayList<>();
      for (int i = random.nextInt(30); i >= 0; i--) {
        boolean isRow = random.nextBoolean();
        values.add(isRow ? row(random) : pick(REJECTS, random));
        rows += isRow ? 1 : 0;
        rejects += isRow ? 0 : 1;
      }
      names.add(seed + ".json");
      file(seed + ".json", text(values, random));
    }
    Contract.Conformed conformed = conform(TABLE, names.toArray(String[]::new));
    assertThat(conformed.accepted().count()).isEqualTo(rows);
    assertThat(conformed.rejected().count()).isEqualTo(rejects);
    assertThat(conformed.rejected().where("line is null or record is null").count()).isZero();
  }

  @Test
  void valuesAreTheSameAloneAndInAnyArray() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<String> values = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        values.add(row(random));
      }
      List<List<Object>> alone = new ArrayList<>();
      for (String value : values) {
        alone.add(alone(value));
      }
      assertThat(taken(text(values, random).replace("\uFEFF", ""))).isEqualTo(alone);
    }
  }

  private static List<Object> alone(String value) {
    Object[] values = new Object[FIELDS.size()];
    assertThat(new JsonRecord(FIELDS).read(value, values)).as(value).isTrue();
    return Arrays.asList(values);
  }

  /** What is cut off, or has something too much, is never taken for less than it was. */
  @Test
  void aDamagedFileFailsTheLookAndTheReadOrNeither() {
    int failed = 0;
    for (int seed = 0; seed < 3000; seed++) {
      String text = damaged(new Random(seed));
      String look = outcome(text, JsonFilesPropertyTest::looks);
      assertThat(outcome(text, t -> taken(t).size())).as(text).isEqualTo(look);
      failed += look.startsWith("failed") ? 1 : 0;
    }
    assertThat(failed).isBetween(1000, 2999);
  }

  @Test
  void aFileThatIsCutOffAnywhereInAnArrayFails() {
    String text = "[{\"id\":1,\"name\":\"a\"}, 5, {\"id\":[2]}]";
    for (int end = 0; end < text.length(); end++) {
      assertThat(outcome(text.substring(0, end), JsonFilesPropertyTest::looks))
          .startsWith("failed");
    }
    for (String wrong : WRONG) {
      assertThat(outcome(text + wrong, JsonFilesPropertyTest::looks))
          .as(wrong)
          .startsWith("failed");
    }
  }

  private static String row(Random random) {
    String id = random.nextBoolean() ? "7" : "\"-7\"";
    String name = pick(NAMES, random);
    return switch (random.nextInt(3)) {
      case 0 -> "{\"id\": %s}".formatted(id);
      case 1 -> "{\"name\":%s,\n\"id\": %s}".formatted(name, id);
      default -> "{\"id\":%s, \"other\":%s}".formatted(id, name);
    };
  }

  /** The values of a file, some in arrays, some one after the other. */
  private static String text(List<String> values, Random random) {
    StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF[]" : "[]");
    int next = 0;
    while (next < values.size()) {
      boolean inArray = values.get(next).startsWith("[") || random.nextBoolean();
      int end = inArray ? next + 1 + random.nextInt(values.size() - next) : next + 1;
      String some = String.join(pick(BETWEEN, random) + ",", values.subList(next, end));
      text.append(inArray ? "[" + some + "]" : some).append(pick(BETWEEN, random));
      next = end;
    }
    return text.toString();
  }

  private static String damaged(Random random) {
    List<String> values = List.of("{\"id\":1,\"name\":[1,\"é\"]}", "5", "{\"a\":{}}", "[{}]");
    String text = text(values.subList(random.nextInt(3), 4), random).replace("\uFEFF", "");
    int place = random.nextInt(text.length());
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, place);
      case 1 -> text.substring(0, place) + text.substring(place + 1);
      default -> text.substring(0, place) + pick(WRONG, random) + text.substring(place);
    };
  }

  /** The fields of each value, or its text if it is no record. */
  private static List<List<Object>> taken(String file) throws IOException {
    List<List<Object>> all = new ArrayList<>();
    JsonRecord record = new JsonRecord(FIELDS);
    try (JsonDocuments documents = JsonDocuments.ofFile(new StringReader(file))) {
      Object[] values = new Object[FIELDS.size()];
      Optional<Taken> taken = documents.next(record, values);
      while (taken.isPresent()) {
        all.add(taken.get().malformed().<List<Object>>map(List::of).orElse(Arrays.asList(values)));
        values = new Object[FIELDS.size()];
        taken = documents.next(record, values);
      }
    }
    return all;
  }

  private static int looks(String file) throws IOException {
    int count = 0;
    try (JsonDocuments documents = JsonDocuments.ofFile(new StringReader(file))) {
      JsonKeys keys = new JsonKeys();
      while (documents.next(keys)) {
        count++;
      }
    }
    return count;
  }

  private interface Read {
    int count(String file) throws IOException;
  }

  private static String outcome(String file, Read read) {
    try {
      return read.count(file) + " values";
    } catch (IOException e) {
      return "failed: " + e.getMessage();
    }
  }

  private static String pick(String[] some, Random random) {
    return some[random.nextInt(some.length)];
  }
}
