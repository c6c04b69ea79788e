package io.afp.core.lake;

import static io.afp.core.lake.MergeFixture.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.TableDef;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class UpsertTest {

  private static final TableDef ITEMS =
      MergeFixture.table().upsert("as_of").deleteFlag("gone").build();

  private MergeFixture lake;

  @BeforeEach
  void aBranch(TestLake given) {
    lake = new MergeFixture(given);
  }

  @Test
  void twiceIsOnce() {
    lake.write(ITEMS, "1 a 5", "2 b 5");
    lake.write(ITEMS, "2 c 6", "3 d 6");
    assertThat(lake.write(ITEMS, "2 c 6", "3 d 6").rows()).as("rows written again").isZero();
    assertThat(lake.rows()).containsExactly("1 a 5", "2 c 6", "3 d 6");
  }

  @Test
  void whatAMergeWroteIsToldFromTheRowsThatItsFilesHadBefore() {
    lake.write(ITEMS, "1 a 5", "2 b 5");
    long second = lake.write(ITEMS, "2 c 6", "3 d 6").snapshotId();

    assertThat(
            new WrittenRows(lake.session(), ITEMS)
                .of(List.of(Optional.empty()), List.of(second))
                .select("value")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("c", "d");
  }

  @Test
  void aLateOlderRowDoesNotReplaceANewerOne() {
    lake.write(ITEMS, "1 new 9");
    lake.write(ITEMS, "1 old 5", "2 other 5");
    assertThat(lake.rows()).containsExactly("1 new 9", "2 other 5");
  }

  @Test
  void ofDuplicatesInTheInputTheNewestCounts() {
    lake.write(ITEMS, "1 a 5", "1 c 7", "1 b 6", "1 c 7");
    assertThat(lake.rows()).containsExactly("1 c 7");
  }

  @Test
  void atOneTimeTheGreaterValueWinsInWhateverOrderTheyCome() {
    lake.write(ITEMS, "1 a 5", "2 b 5", "3 - 5");
    lake.write(ITEMS, "1 b 5", "2 a 5", "3 a 5");
    assertThat(lake.rows()).containsExactly("1 b 5", "2 b 5", "3 a 5");
  }

  @Test
  void atOneTimeTheColumnsDecideByTheirNamesWhateverTheOrderOfDeclaration() {
    TableDef reordered = MergeFixture.reordered().upsert("as_of").deleteFlag("gone").build();
    lake.write(reordered, "1 a 5 9", "2 b 5 7");
    lake.write(ITEMS, "1 b 5 7", "2 a 5 9", "3 a 5 9", "3 b 5 7");
    assertThat(lake.rows()).containsExactly("1 a 5", "2 a 5", "3 a 5");
  }

  @Test
  void atOneTimeADeleteWins() {
    lake.write(ITEMS, "1 z 5", "1 a 5 gone", "2 a 5 gone");
    lake.write(ITEMS, "2 z 5");
    assertThat(lake.rows()).isEmpty();
  }

  @Test
  void aDeletedKeyIsNotBroughtBackByALateRowButByANewerOne() {
    lake.write(ITEMS, "1 a 3", "2 a 3");
    lake.write(ITEMS, "1 - 6 gone", "2 - 6 gone", "3 - 6 gone");
    lake.write(ITEMS, "1 late 5", "2 newer 7", "3 late 5");
    assertThat(lake.rows()).containsExactly("2 newer 7");
    lake.write(ITEMS, "2 - 8 gone");
    lake.write(ITEMS, "2 late 7");
    assertThat(lake.rows()).isEmpty();
  }

  @Test
  void emptyInputIsACommitThatChangesNothing() {
    lake.write(ITEMS, "1 a 5");
    Set<String> before = lake.files();
    assertThat(lake.write(ITEMS).rows()).isZero();
    assertThat(lake.files()).isEqualTo(before);
    assertThat(lake.iceberg().snapshots()).hasSize(2);
  }

  @Test
  void aRowWithoutKeyOrTimeIsRefusedBeforeAnythingIsWritten() {
    lake.write(ITEMS, "1 a 5");
    assertThatThrownBy(() -> lake.write(ITEMS, "2 b 6", "- b 6"))
        .hasMessageContaining("rows can't be merged by key, id is null (rows=1)");
    assertThatThrownBy(() -> lake.write(ITEMS, "2 b -"))
        .hasMessageContaining("rows can't be merged by key, as_of is null (rows=1)");
    assertThat(lake.rows()).containsExactly("1 a 5");
  }

  @Test
  void rowsOutsideTheIntervalAreRefused() {
    TableDef byDays = MergeFixture.table().upsert("as_of").byIntervals("loaded").build();
    assertThatThrownBy(() -> lake.write(byDays, days("05..06"), "1 a 5 5", "2 a 5 7"))
        .hasMessageContaining("it lies outside the interval 2013-01-05..2013-01-06 (rows=1)");
  }

  @Test
  void filesWithoutAChangedRowStayAsTheyAre() {
    TableDef parts =
        MergeFixture.table().upsert("as_of").deleteFlag("gone").partitionBy("id").build();
    lake.write(parts, "1 a 5", "2 a 5", "3 a 5");
    Set<String> before = lake.files();
    lake.write(parts, "1 a 5", "2 b 6", "4 a 5");
    assertThat(lake.files()).as("of 1, of 3, and the new ones of 2 and 4").hasSize(4);
    assertThat(lake.files().stream().filter(before::contains)).hasSize(2);
  }

  @Test
  void onlyFilesBetweenTheSmallestAndTheLargestKeyAreRead() throws IOException {
    lake.write(ITEMS, "1 a 5", "2 a 5");
    Set<String> small = lake.files();
    lake.write(ITEMS, "7 a 5", "8 a 5");
    lake.lose(small);
    lake.write(ITEMS, "7 b 6", "8 - 6 gone", "9 a 6");
    assertThat(
            lake
                .session()
                .sql("SELECT id, value FROM core.item WHERE id > 2 ORDER BY id")
                .collectAsList()
                .stream()
                .map(row -> row.mkString(" ")))
        .containsExactly("7 b", "9 a");
  }

  @Test
  void theBoundsOfTheKeysAreLiterals() {
    KeyBounds bounds =
        KeyBounds.of(
            lake.session().sql("SELECT 3 id, 'it\\'s' name UNION SELECT 9, 'a'"),
            List.of("id", "name"));
    assertThat(bounds.sql("t."))
        .isEqualTo("t.`id` BETWEEN 3 AND 9 AND t.`name` BETWEEN 'a' AND 'it\\'s'");
  }

  @Test
  void anAddedColumnIsNullUntilARowIsGivenAgain() {
    lake.write(ITEMS, "1 a 5", "2 a 5");
    TableDef wider =
        MergeFixture.table().column("more", "int").upsert("as_of").deleteFlag("gone").build();
    new TableWriter(lake.session(), Map.of(), List.of())
        .write(
            wider,
            lake.session()
                .sql(
                    "SELECT 1 id, 'a' value, DATE'2013-01-05' as_of, DATE'2013-01-05' loaded, false gone, 7 more"),
            Optional.empty());
    assertThat(lake.read("id, value, more")).containsExactly("1 a 7", "2 a -");
  }

  @Test
  void theKeyMayBeOfSeveralColumnsAndOfAnyExactType() {
    TableDef pairs =
        TableDef.named("core.item")
            .sql("SELECT 1")
            .column("name", "string")
            .column("price", "decimal(10,2)")
            .column("at", "timestamp")
            .column("seen", "long")
            .column("rate", "double")
            .key("name", "price", "at")
            .upsert("seen")
            .build();
    for (String last : List.of("1L seen, 5d rate", "2L seen, -0d rate")) {
      String row =
          "SELECT 'it\\'s' name, cast(1.5 as decimal(10,2)) price, TIMESTAMP'2013-01-05 01:02:03' at, ";
      new TableWriter(lake.session(), Map.of(), List.of())
          .write(pairs, lake.session().sql(row + last), Optional.empty());
    }
    assertThat(lake.read("name, price, seen, rate")).containsExactly("it's 1.50 2 0.0");
  }
}
