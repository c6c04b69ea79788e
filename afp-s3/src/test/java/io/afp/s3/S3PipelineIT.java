package io.afp.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.testing.TestSpark;
import io.afp.s3.Door.Answer;
import io.afp.s3.Door.Asked;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources and tables in buckets of a real S3 server. */
@Tag("integration")
final class S3PipelineIT {

  private static final String ORDERS = "select id, amount, ordered_on from raw.orders";
  private static final int CONFLICT = 75;

  @TempDir Path folder;
  private Door door;
  private Shop shop;

  @BeforeEach
  void openShop() {
    TestSpark.session();
    door = new Door(S3Server.start().address());
    shop = new Shop(folder, door.address());
    shop.orders(1, 11, 12);
    shop.orders(2, 21, 22);
  }

  @AfterEach
  void closeShop() {
    shop.close();
    door.close();
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
  void tenThousandObjectsArePlannedByTheirListingAndTheHeadersOfAFew() {
    IntStream.range(0, 10_000)
        .parallel()
        .forEach(i -> shop.put("orders/2024-%02d-%05d.csv".formatted(3 + i % 10, i), "id\n"));
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
    assertThat(asked).filteredOn(Asked::isListing).hasSizeBetween(11, 13);
    assertThat(plan.at("/data/steps/0/files_looked_at").asInt()).isEqualTo(50);
    assertThat(asked).as("anything else").filteredOn(a -> !a.isListing()).hasSizeLessThan(160);
  }

  private List<Asked> ofSources(List<Asked> asked) {
    return asked.stream().filter(a -> a.path().startsWith("/" + shop.sources())).toList();
  }
}
