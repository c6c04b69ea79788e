package io.afp.s3;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.testing.TestSpark;
import io.afp.s3.Door.Answer;
import io.afp.s3.Door.Asked;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sources and tables in buckets of a real S3 server. */
@Tag("long")
final class S3PipelineIT extends ShopTests {

  private static final String ORDERS = "select id, amount, ordered_on from raw.orders";
  private static final int CONFLICT = 75;
  private static final int UNAVAILABLE = 69;

  /** So many rows are more bytes than a look at the header reads, and a cut lies behind it. */
  private static final int MANY = 20_000;

  private static final long CUT = 400_000;

  @BeforeEach
  void startSparkWithAMonthMore() {
    TestSpark.session();
    shop.orders(2, 21, 22);
  }

  @Test
  void aPipelineReadsItsSourcesFromS3AndHasItsTablesThere() {
    JsonNode first = shop.run(0, "2024-01..2024-02");

    assertThat(first.path("outcome").asText()).isEqualTo("published");
    assertThat(shop.rows(ORDERS))
        .containsExactly(
            "[11,10.00,2024-01-05]",
            "[12,2.50,2024-01-05]",
            "[21,10.00,2024-02-05]",
            "[22,2.50,2024-02-05]");
    assertThat(shop.rows("select * from core.sales")).containsExactly("[4,25.00]");
    assertThat(shop.rows("select record from raw.orders__rejects")).hasSize(2);
    assertThat(shop.files()).isNotEmpty().allMatch(key -> key.startsWith("warehouse/"));
  }

  @Test
  void runningTwiceIsRunningOnceAndReadsNoObjectOfTheSources() {
    shop.run(0, "2024-01");
    List<String> files = shop.files();
    door.taken();

    JsonNode again = shop.run(0, "2024-01");

    assertThat(again.path("outcome").asText()).isEqualTo("nothing_to_do");
    assertThat(shop.files()).isEqualTo(files);
    assertThat(ofSources(door.taken())).isNotEmpty().noneMatch(Asked::isRead);
  }

  @Test
  void anObjectThatIsReplacedIsReadAgainAndARollbackBringsTheOldRowsBack() {
    shop.run(0, "2024-01");
    List<String> before = shop.rows(ORDERS);
    shop.orders(1, 13, 14);
    shop.run(0, "2024-01");
    assertThat(shop.rows("select id from raw.orders")).containsExactly("[13]", "[14]");

    shop.upkeep(0, "rollback", "--to", "1");

    assertThat(shop.rows(ORDERS)).isEqualTo(before);
    assertThat(shop.rows("select * from core.sales")).containsExactly("[2,12.50]");
  }

  @Test
  void aCleanTakesAwayWhatNothingNeedsAndLeavesTheRest() {
    shop.run(0, "2024-01..2024-02");
    List<String> needed = shop.files();
    String data = needed.stream().filter(f -> f.endsWith(".parquet")).findFirst().orElseThrow();
    String orphan = data.replaceFirst("[^/]*$", "orphan.parquet");
    shop.putBeside(orphan);
    shop.putBeside("warehouse/notes.txt");

    shop.upkeep(0, "clean", "--older-than", "P1D", "--keep-releases", "5");
    assertThat(shop.files()).as("what is young stays").contains(orphan);
    shop.upkeep(0, "clean", "--older-than", "PT0S", "--keep-releases", "5");

    assertThat(shop.files()).containsAll(needed).contains("warehouse/notes.txt");
    assertThat(shop.files()).doesNotContain(orphan);
    assertThat(shop.rows("select * from core.sales")).containsExactly("[4,25.00]");
  }

  @Test
  void aStoreThatIsBusyInBetweenCostsTimeAndNothingElse() {
    door.instead(
        asked ->
            asked.number() % 7 == 0
                ? Optional.of(Answer.error(503, "SlowDown", "Please reduce your request rate."))
                : Optional.empty());

    shop.run(0, "2024-01..2024-02");

    assertThat(door.taken()).hasSizeGreaterThan(20);
    assertThat(shop.rows("select * from core.sales")).containsExactly("[4,25.00]");
  }

  @Test
  void anAppendedFileThatChangedTakesThePlaceOfItsRowsAlsoIfItsNameHasBlanks() {
    shop.write(
        "shop/tables/raw/events.yaml",
        """
        from: { files: "s3a://%s/landing/*.csv", format: csv }
        columns: { id: { type: int, required: true } }
        metadata: { source: _afp_source }
        write: { mode: append }
        rejects: { at_most: 50%% }
        """
            .formatted(shop.sources()));
    shop.put("landing/two words + 1%20.csv", "id\n1\nx\n");
    shop.put("landing/b.csv", "id\n2\n");
    shop.run(0, "2024-01");
    assertThat(shop.rows("select record from raw.events__rejects")).hasSize(1);

    shop.put("landing/two words + 1%20.csv", "id\n3\n4\n");
    shop.run(0, "2024-01");

    assertThat(shop.rows("select id from raw.events")).containsExactly("[2]", "[3]", "[4]");
    assertThat(shop.rows("select record from raw.events__rejects")).isEmpty();
    assertThat(shop.run(0, "2024-01").path("outcome").asText()).isEqualTo("nothing_to_do");
  }

  @Test
  void aConnectionOfTheWarehouseThatIsCutFailsTheRunAndTheNextOneIsWhole() {
    shop.run(0, "2024-01");
    List<String> before = shop.rows(ORDERS);
    door.cut(
        asked -> ofWarehouse(asked) ? OptionalLong.of(asked.from() + 10) : OptionalLong.empty());

    JsonNode failed = shop.run(UNAVAILABLE, "2024-02");

    assertThat(failed.at("/diagnostics/0/code").asText()).isEqualTo("AFP-LAKE-011");
    assertThat(shop.rows(ORDERS)).isEqualTo(before);
    door.cut(asked -> OptionalLong.empty());
    shop.run(0, "2024-02");
    assertThat(shop.rows("select * from core.sales")).containsExactly("[4,25.00]");
  }

  private boolean ofWarehouse(Asked asked) {
    return asked.isRead()
        && asked.path().startsWith("/" + shop.lake())
        && asked.path().endsWith(".parquet");
  }

  @Test
  void anObjectThatIsReplacedWhileItIsReadFailsTheRunAndTheNextOneReadsTheNewOne() {
    String path = "/" + shop.sources() + "/" + Shop.file(1);
    door.instead(asked -> replaced(asked, path));

    JsonNode failed = shop.run(CONFLICT, "2024-01");

    assertThat(failed.at("/diagnostics/0/code").asText()).isEqualTo("AFP-ING-043");
    door.instead(asked -> Optional.empty());
    shop.run(0, "2024-01");
    assertThat(shop.rows("select id from raw.orders")).containsExactly("[13]", "[14]");
  }

  /** After it was planned with the old one, just before its first byte is read. */
  private Optional<Answer> replaced(Asked asked, String path) {
    if (asked.isRead() && asked.path().equals(path)) {
      shop.orders(1, 13, 14);
    }
    return Optional.empty();
  }

  @Test
  void aConnectionThatIsCutInAnObjectIsOpenedAgainWhereItEnded() {
    shop.put(Shop.file(1), many());
    List<Asked> reads = new CopyOnWriteArrayList<>();
    door.cut(
        asked -> {
          if (asked.isRead() && asked.path().endsWith(Shop.file(1))) {
            reads.add(asked);
          }
          return reads.size() == 2 ? OptionalLong.of(CUT) : OptionalLong.empty();
        });

    shop.run(0, "2024-01");

    assertThat(reads).as("header, rows, the rest of them").hasSize(3);
    assertThat(reads.get(2).from()).isEqualTo(CUT);
    assertThat(shop.rows("select count(*), count(distinct id), sum(id) from raw.orders"))
        .containsExactly("[%d,%1$d,%d]".formatted(MANY, MANY * (MANY - 1L) / 2));
  }

  private static String many() {
    return "id,amount,ordered_on\n"
        + IntStream.range(0, MANY).mapToObj("%d,1.50,2024-01-05%n"::formatted).collect(joining());
  }

  @Test
  void anObjectWhoseConnectionIsAlwaysCutFailsTheRunAndLeavesMainAsItWas() {
    shop.settings(
        "s3a://" + shop.lake() + "/warehouse",
        S3Server.ACCESS_KEY,
        S3Server.SECRET_KEY,
        "  hadoop.fs.s3a.retry.limit: \"1\"\n  hadoop.fs.s3a.retry.interval: \"10ms\"");
    shop.run(0, "2024-01");
    List<String> before = shop.rows(ORDERS);
    shop.put(Shop.file(1), many());
    door.cut(
        asked -> asked.path().endsWith(Shop.file(1)) ? OptionalLong.of(CUT) : OptionalLong.empty());

    JsonNode failed = shop.run(UNAVAILABLE, "2024-01");

    assertThat(failed.at("/diagnostics/0/code").asText()).isEqualTo("AFP-LAKE-011");
    assertThat(failed.at("/diagnostics/0/message").asText()).contains(Shop.file(1));
    assertThat(shop.rows(ORDERS)).isEqualTo(before);
    door.cut(asked -> OptionalLong.empty());
    shop.run(0, "2024-01");
    assertThat(shop.rows("select count(*) from raw.orders"))
        .containsExactly("[%d]".formatted(MANY));
  }

  @Test
  void tenThousandObjectsArePlannedByTheirListingAndLoadedByOneRequestEach() {
    IntStream.range(0, 10_000).parallel().forEach(this::putOne);
    door.instead(
        asked ->
            asked.isListing() && asked.number() % 3 == 0
                ? Optional.of(Answer.error(503, "SlowDown", "Please reduce your request rate."))
                : Optional.empty());
    door.taken();

    JsonNode plan =
        shop.upkeep(
            0,
            "plan",
            "--pipeline",
            folder.resolve("shop").toString(),
            "--interval",
            "2024-03..2024-12");

    List<Asked> asked = ofSources(door.taken());
    assertThat(plan.at("/data/steps")).isNotEmpty();
    assertThat(asked).filteredOn(Asked::isListing).hasSizeBetween(11, 20);
    assertThat(plan.at("/data/steps/0/files_looked_at").asInt()).isEqualTo(50);
    assertThat(asked).as("anything else").filteredOn(a -> !a.isListing()).hasSizeLessThan(160);

    shop.run(0, "2024-03..2024-12");
    asked = ofSources(door.taken());
    assertThat(asked)
        .as("header and rows")
        .filteredOn(Asked::isRead)
        .hasSizeBetween(20_000, 20_100);
    assertThat(asked).as("anything else").filteredOn(a -> !a.isRead()).hasSizeLessThan(160);

    assertThat(
            shop.rows("select count(*), count(distinct id), sum(id), sum(amount) from raw.orders"))
        .containsExactly("[10000,10000,49995000,15000.00]");
    assertThat(shop.rows("select count(*) from raw.orders where month(ordered_on) <> 3 + id % 10"))
        .containsExactly("[0]");
    assertThat(
            shop.ledger(
                "select format('%s %s', unit, count(*)) from afp.loaded_file where checksum like"
                    + " 'etag:%' group by unit"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(3, 12).mapToObj("2024-%02d 1000"::formatted).toList());
    assertThat(
            shop.ledger(
                "select count(distinct path) || ' ' || count(distinct checksum) from"
                    + " afp.loaded_file"))
        .containsExactly("10000 10000");
  }

  private void putOne(int i) {
    int month = 3 + i % 10;
    shop.put(
        "orders/2024-%02d-%05d.csv".formatted(month, i),
        "id,amount,ordered_on%n%d,1.50,2024-%02d-05%n".formatted(i, month));
  }

  private List<Asked> ofSources(List<Asked> asked) {
    return asked.stream().filter(a -> a.path().startsWith("/" + shop.sources())).toList();
  }
}
