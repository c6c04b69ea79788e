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
class Scd2Test {

  private static final TableDef ITEMS =
      MergeFixture.table().scd2("as_of").deleteFlag("gone").build();
  private static final TableDef BY_DAYS =
      MergeFixture.table().scd2("as_of").byIntervals("loaded").deleteFlag("gone").build();

  private MergeFixture lake;

  @BeforeEach
  void aBranch(TestLake given) {
    lake = new MergeFixture(given);
  }

  @Test
  void twiceIsOnce() {
    lake.write(ITEMS, "1 a 3 3", "1 b 5 3");
    lake.write(ITEMS, "1 c 7 3", "2 x 7 3");
    Set<String> before = lake.files();
    assertThat(lake.write(ITEMS, "1 c 7 3", "2 x 7 3").rows()).isZero();
    assertThat(lake.files()).isEqualTo(before);
    assertThat(lake.versions()).containsExactly("1 a 3 5", "1 b 5 7", "1 c 7 -", "2 x 7 -");
    assertThat(lake.read("id, is_current"))
        .containsExactly("1 false", "1 false", "1 true", "2 true");
  }

  @Test
  void anUnchangedRowMakesNoVersion() {
    lake.write(ITEMS, "1 a 3 3");
    lake.write(ITEMS, "1 a 5 3", "1 a 7 3");
    assertThat(lake.versions()).containsExactly("1 a 3 -");
  }

  @Test
  void aLateRowBetweenTwoEqualOnesSplitsTheVersionThatTheyHadMade() {
    lake.write(ITEMS, "1 a 1 1", "1 a 9 1");
    lake.write(ITEMS, "1 b 5 1");
    assertThat(lake.versions()).containsExactly("1 a 1 5", "1 a 9 -", "1 b 5 9");
  }

  @Test
  void aLateRowBeforeAllOthersBeginsTheHistory() {
    lake.write(ITEMS, "1 b 5 1");
    lake.write(ITEMS, "1 a 2 1");
    lake.write(ITEMS, "1 b 3 1");
    assertThat(lake.versions()).containsExactly("1 a 2 3", "1 b 3 -");
  }

  @Test
  void rowsAfterAllOthersAreMergedWithoutReadingWhatWasObserved() throws IOException {
    lake.write(ITEMS, "1 a 3 3", "2 x 3 3", "3 z 2 3", "3 - 3 3 gone");
    lake.loseWhatWasObserved();
    lake.write(ITEMS, "1 b 5 3", "1 - 6 3 gone", "2 x 6 3", "3 c 7 3");
    assertThat(lake.versions())
        .containsExactly("1 a 3 5", "1 b 5 6", "2 x 3 -", "3 c 7 -", "3 z 2 3");
    assertThatThrownBy(() -> lake.write(ITEMS, "1 late 4 3"))
        .as("a late row has to be put between the others")
        .hasStackTraceContaining("item__observed");
  }

  @Test
  void aDeleteEndsTheHistoryUntilTheKeyComesBack() {
    lake.write(ITEMS, "1 a 1 1", "1 - 4 1 gone");
    assertThat(lake.versions()).containsExactly("1 a 1 4");
    lake.write(ITEMS, "1 a 7 1");
    assertThat(lake.versions()).containsExactly("1 a 1 4", "1 a 7 -");
    lake.write(ITEMS, "1 late 3 1");
    assertThat(lake.versions()).containsExactly("1 a 1 3", "1 a 7 -", "1 late 3 4");
  }

  @Test
  void atOneTimeTheGreaterValueCountsAndADeleteMost() {
    lake.write(ITEMS, "1 b 3 3", "2 z 3 3");
    lake.write(ITEMS, "1 a 3 3", "2 a 3 3 gone", "3 - 3 3", "3 a 3 3");
    assertThat(lake.versions()).containsExactly("1 b 3 -", "3 a 3 -");
  }

  @Test
  void atOneTimeTheColumnsDecideByTheirNamesWhateverTheOrderOfDeclaration() {
    TableDef reordered = MergeFixture.reordered().scd2("as_of").deleteFlag("gone").build();
    lake.write(reordered, "1 a 5 9", "2 b 5 7");
    lake.write(ITEMS, "1 b 5 7", "2 a 5 9", "3 a 5 9", "3 b 5 7");
    assertThat(lake.versions()).containsExactly("1 a 5 -", "2 a 5 -", "3 a 5 -");
  }

  @Test
  void anIntervalThatIsDoneAgainTakesBackWhatItHadSaid() {
    lake.write(BY_DAYS, days("05"), "1 a 4 5", "2 a 4 5");
    lake.write(BY_DAYS, days("06"), "1 b 5 6");
    lake.write(BY_DAYS, days("05"), "1 A 3 5");
    assertThat(lake.versions()).containsExactly("1 A 3 5", "1 b 5 -");
    lake.write(BY_DAYS, days("05..06"));
    assertThat(lake.versions()).as("both days said nothing").isEmpty();
  }

  @Test
  void intervalsMayComeInAnyOrder() {
    lake.write(BY_DAYS, days("07"), "1 c 7 7");
    lake.write(BY_DAYS, days("05"), "1 a 5 5");
    lake.write(BY_DAYS, days("06"), "1 b 6 6", "1 a 2 6");
    assertThat(lake.versions()).containsExactly("1 a 2 6", "1 b 6 7", "1 c 7 -");
  }

  @Test
  void emptyInputIsACommitThatChangesNothing() {
    lake.write(ITEMS, "1 a 3 3");
    lake.write(ITEMS);
    assertThat(lake.versions()).containsExactly("1 a 3 -");
    assertThat(lake.iceberg().snapshots()).hasSize(2);
  }

  @Test
  void aRowWithoutKeyOrTimeIsRefusedBeforeAnythingIsWritten() {
    assertThatThrownBy(() -> lake.write(ITEMS, "- a 3 3")).hasMessageContaining("id is null");
    assertThatThrownBy(() -> lake.write(ITEMS, "1 a - 3")).hasMessageContaining("as_of is null");
    assertThat(lake.versions()).isEmpty();
  }

  @Test
  void anAddedColumnIsNullInVersionsThatWereSeenWithoutIt() {
    lake.write(ITEMS, "1 a 3 3", "2 a 3 3");
    TableDef wider =
        MergeFixture.table().column("more", "int").scd2("as_of").deleteFlag("gone").build();
    new TableWriter(lake.session(), Map.of(), List.of())
        .write(
            wider,
            lake.session()
                .sql(
                    "SELECT 1 id, 'a' value, DATE'2013-01-05' as_of, DATE'2013-01-03' loaded, false gone, 7 more"),
            Optional.empty());
    assertThat(lake.read("id, value, more, day(valid_from), day(valid_to)"))
        .containsExactly("1 a - 3 5", "1 a 7 5 -", "2 a - 3 -");
  }
}
