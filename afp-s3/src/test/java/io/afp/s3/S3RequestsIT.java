package io.afp.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestSpark;
import io.afp.s3.Door.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often a load of many small objects asks S3. {@code -Dafp.s3.objects=10000} takes so many, and
 * {@code target/s3-requests.md} has the numbers ({@code bench/s3/run}).
 */
@Tag("integration")
final class S3RequestsIT extends ShopTests {

  private static final int OBJECTS = Integer.getInteger("afp.s3.objects", 40);
  private static final Path NUMBERS = Path.of("target", "s3-requests.md");

  /** Listings, and the few objects that are asked for before their folder is listed. */
  private static final int ONCE = 60 + OBJECTS / 50;

  @BeforeAll
  static void beginTable() throws IOException {
    Files.writeString(
        NUMBERS,
        """
        | objects | LIST | HEAD | GET | seconds |
        |---|---|---|---|---|
        """);
  }

  @BeforeEach
  void startSpark() {
    TestSpark.session();
  }

  @Test
  void csvIsReadByItsHeaderAndItsRowsAndNoObjectIsAskedForBeside() throws IOException {
    objects().parallel().forEach(i -> shop.put(key(i, "csv"), "id,name%n%d,n%1$d%n".formatted(i)));
    requireTwoReadsOfEach(load("csv"));
  }

  @Test
  void jsonIsReadForItsKeysAndForItsRowsAndNoObjectIsAskedForBeside() throws IOException {
    objects()
        .parallel()
        .forEach(i -> shop.put(key(i, "jsonl"), "{\"id\":%d,\"name\":\"n%1$d\"}%n".formatted(i)));
    requireTwoReadsOfEach(load("jsonl"));
  }

  private static IntStream objects() {
    return IntStream.range(0, OBJECTS);
  }

  private static String key(int i, String format) {
    return "many/part-%05d.%s".formatted(i, format);
  }

  private List<Asked> load(String format) throws IOException {
    shop.write(
        "shop/tables/raw/many.yaml",
        """
        from: { files: "s3a://%s/many/*.%s", format: %2$s }
        columns: { id: { type: long, required: true }, name: { type: string } }
        """
            .formatted(shop.sources(), format));
    door.taken();
    long start = System.nanoTime();
    shop.run(0, "2024-01");
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    List<Asked> asked = door.taken().stream().filter(this::isOfMany).toList();
    long lists = asked.stream().filter(Asked::isListing).count();
    long reads = asked.stream().filter(Asked::isRead).count();
    Files.writeString(
        NUMBERS,
        "| %,d `%s` | %,d | %,d | %,d | %d |%n"
            .formatted(OBJECTS, format, lists, asked.size() - lists - reads, reads, seconds),
        StandardOpenOption.APPEND);
    assertThat(shop.rows("select count(*) from raw.many")).containsExactly("[" + OBJECTS + "]");
    return asked;
  }

  private boolean isOfMany(Asked asked) {
    return asked.path().startsWith("/" + shop.sources())
        && (asked.path().contains("/many") || asked.query().contains("many"));
  }

  private static void requireTwoReadsOfEach(List<Asked> asked) {
    assertThat(asked).filteredOn(Asked::isRead).hasSizeBetween(2 * OBJECTS, 2 * OBJECTS + 20);
    assertThat(asked).filteredOn(a -> !a.isRead()).hasSizeLessThan(ONCE);
  }
}
