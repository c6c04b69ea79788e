package io.afp.ingestion.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.ingestion.text.StrictReader;
import io.afp.ingestion.text.TextForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Keys that are found without parsing each line are those that parsing finds. */
class JsonLineKeysTest {

  private static final String[] KEYS = {
    "id",
    "ID",
    " Id ",
    "i\\u0064",
    "a\\\"b",
    "a\\\\",
    "\\\\\\\"",
    "",
    "x,y",
    "a{b}",
    "é✓😀",
    "name",
    "nam"
  };

  private static final String[] VALUES = {
    "1",
    "-0.5e3",
    "NaN",
    "null",
    "\"s\"",
    "\"a\\\"b,{\"",
    "\"\\\\\"",
    "\"é😀 [\"",
    "{}",
    "{\"in\":[{\"z\":1}],\"q\":{\"id\":\"}\"}}",
    "[1,\"k\",{\"in\":2},[\"m\",\"n\"]]",
  };

  private static final String[] BETWEEN = {"\n", "\n", "\r\n", "\r", "\n \n", "\n\n"};
  private static final String[] DAMAGE = {"\"", "\\", "{", "}", "[", "]", ",", ":", "\n", "x", " "};

  private record Found(boolean any, Object names) {}

  @Test
  void theyAreTheSameInLinesOfAnyKind() throws IOException {
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      requireSame(file(random, 1 + random.nextInt(8)));
    }
  }

  @Test
  void theyAreTheSameWhereverAPartEndsThatIsReadAtOnce() throws IOException {
    for (int seed = 0; seed < 5; seed++) {
      requireSame(file(new Random(seed), 20_000));
    }
    for (int length : new int[] {262_143, 262_144, 262_145, 600_000}) {
      String text = "{\"a\":1,\"b\":\"" + "x".repeat(length);
      requireSame(text + "\",\"c\":2}");
      requireSame(text + "\"}\n{\"c\":1}");
      requireSame(text);
      requireSame(text.substring(0, length) + "\"}\n");
      requireSame(text.substring(0, length - 1) + "\\\"\",\"d\":1}\n{\"e\":2}");
    }
  }

  private static void requireSame(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    JsonKeys scanned = new JsonKeys();
    assertThat(new JsonLineKeys(new ByteArrayInputStream(bytes), scanned).all()).isTrue();
    JsonKeys parsed = new JsonKeys();
    try (JsonDocuments lines =
        JsonDocuments.ofLines(
            new StrictReader(new ByteArrayInputStream(bytes), new TextForm("UTF-8", 0)))) {
      while (lines.next(parsed)) {
        continue;
      }
    }
    assertThat(new Found(scanned.any(), scanned.names()))
        .as(text.length() < 1000 ? text : text.length() + " characters")
        .isEqualTo(new Found(parsed.any(), parsed.names()));
  }

  private static String file(Random random, int lines) {
    StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? "\uFEFF" : "");
    for (int i = 0; i < lines; i++) {
      String line = random.nextInt(6) == 0 ? pick(VALUES, random) : object(random);
      text.append(random.nextInt(3) == 0 ? damaged(line, random) : line);
      text.append(pick(BETWEEN, random));
    }
    return random.nextBoolean() ? text.toString().stripTrailing() : text.toString();
  }

  private static String object(Random random) {
    StringBuilder text = new StringBuilder("{");
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(blank(random)).append('"').append(pick(KEYS, random)).append('"');
      text.append(blank(random)).append(':').append(blank(random)).append(pick(VALUES, random));
      text.append(i > 1 ? "," : "");
    }
    return text.append(blank(random)).append('}').toString();
  }

  private static String blank(Random random) {
    return random.nextInt(4) == 0 ? " \t" : "";
  }

  private static String damaged(String line, Random random) {
    int place = random.nextInt(line.length());
    String behind = line.substring(place + random.nextInt(2));
    return line.substring(0, place) + (random.nextBoolean() ? pick(DAMAGE, random) : "") + behind;
  }

  private static String pick(String[] some, Random random) {
    return some[random.nextInt(some.length)];
  }
}
