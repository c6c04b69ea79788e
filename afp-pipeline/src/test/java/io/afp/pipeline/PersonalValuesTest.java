package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Personal values that are hashed, masked or dropped are in nothing that a pipeline writes: each of
 * them has a canary in it, in good rows, in bad ones and in those that can't be read.
 */
final class PersonalValuesTest {

  private static final String CANARY = "kanari";
  private static final String BORN = "1931-07-09";
  private static final String KEY = "nobody guesses this key";
  private static final int GATE = 65;

  @TempDir Path folder;

  @TempDir Path outside;

  private Shop shop;
  private Overheard overheard;

  @BeforeEach
  void makeShop() throws IOException {
    TestSpark.session();
    shop = Shop.in(folder);
    Files.writeString(outside.resolve("key"), KEY);
    String settings = Files.readString(folder.resolve("afp.yaml"));
    shop.write(
        "afp.yaml",
        settings + "\npii: { key: \"${file:%s}\" }\n".formatted(outside.resolve("key")));
    shop.write(
        "shop/tables/raw/people.yaml",
        """
        from: { files: data/people.csv, format: csv }
        columns:
          id:    { type: int, required: true }
          mail:  { type: string, from: E-Mail, required: true, matches: ".+@.+", pii: hash, checks: [ { length: 3, severity: warn } ] }
          phone: { type: string, from: "Phone (private)", pii: mask, length: [1, 12], checks: [ { in: [none], severity: warn } ] }
          born:  { type: date, from: Born., pii: drop }
          note:  { type: string, pii: true, checks: [ { in: [none], severity: warn } ] }
        key: [mail]
        duplicates: reject
        rejects: { at_most: 90% }
        """);
    shop.write(
        "shop/data/people.csv",
        """
        id,E-mail,Phone (private),Born.,note,more
        1,kanari1@x.org,kanari2,1931-07-09,seen,kanari3
        2,kanari4@x.org,kanari5,1931-07-09,seen,kanari6
        3,kanari4@x.org,kanari5,1931-07-09,seen,kanari6
        x,kanari7@x.org,kanari8,1931-07-09,seen,kanari9
        5,kanari10,kanari11 is too long,kanari12,seen,kanari13
        6,kanari14@x.org,kanari15,1931-07-09
        7,kanari16@x.org,kanari17,1931-07-09,seen,kanari18,kanari19
        """);
    shop.write(
        "shop/tables/core/people.yaml",
        """
        columns:
          id:    { type: int, required: true }
          mail:  { type: string, required: true, checks: [ { length: [64, 64] } ] }
          phone: { type: string }
        key: [id]
        serve: { postgres: mart.people }
        """);
    shop.write("shop/tables/core/people.sql", "SELECT id, mail, phone FROM raw.people");
    overheard = Overheard.start(outside.resolve("events"));
  }

  @AfterEach
  void stop() {
    overheard.close();
  }

  @Test
  void areInNoFileAndNoLogAndNoColumnOfTheLedger() throws IOException {
    Drivers drivers = new Drivers(shop);
    assertThat(drivers.run("2024-01")).as(overheard.text()).isZero();
    shop.write(
        "shop/tables/core/people.yaml",
        """
        columns:
          id:    { type: int, required: true }
          mail:  { type: string, required: true, checks: [ { length: 3 } ] }
          phone: { type: string, checks: [ { in: [none] } ] }
        serve: { postgres: mart.people }
        """);
    assertThat(drivers.run("2024-01", "--restate")).as("checks that fail").isEqualTo(GATE);
    drivers.upkeep(
        0, "rejects-explain", "--table", "raw.people", "--pipeline", shopFolder(), "--limit", "9");

    List<String> ledger = AllWritten.rows(shop.account());
    assertThat(ledger).anyMatch(row -> row.contains("\"reason\":\"malformed\""));
    assertThat(ledger).anyMatch(row -> row.contains("******"));
    assertThat(String.join("\n", ledger)).doesNotContain(CANARY, BORN, KEY);
    overheard.close();
    assertThat(overheard.text()).contains("raw.people").doesNotContain(CANARY, BORN, KEY);
    assertThat(tables())
        .contains("\"phone\":\"******\"", "phone (private)")
        .doesNotContain(CANARY, BORN, KEY);
    assertThat(AllWritten.files(folder, folder.resolve("shop/data")))
        .noneMatch(file -> file.contains(CANARY) || file.contains(KEY));
  }

  private String shopFolder() {
    return folder.resolve("shop").toString();
  }

  /** All rows of main, the rejects included. */
  private String tables() {
    return State.lake(shop).toString();
  }
}
