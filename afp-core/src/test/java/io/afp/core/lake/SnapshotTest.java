package io.afp.core.lake;

import static io.afp.core.lake.MergeFixture.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.TableDef;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each row is of the full extract of its day of loading, the fourth value. */
@ExtendWith(LakeExtension.class)
class SnapshotTest {

  private static final TableDef ITEMS = MergeFixture.table().snapshot("loaded").build();

  private MergeFixture lake;

  @BeforeEach
  void aBranch(TestLake given) {
    lake = new MergeFixture(given);
  }

  @Test
  void aKeyThatIsMissingInAnExtractIsDeletedByThen() {
    lake.write(ITEMS, days("05"), "1 a 1 5", "2 a 1 5");
    lake.write(ITEMS, days("06"), "1 a 1 6");
    lake.write(ITEMS, days("07"), "1 b 1 7", "2 a 1 7");
    assertThat(lake.versions()).containsExactly("1 a 5 7", "1 b 7 -", "2 a 5 6", "2 a 7 -");
  }

  @Test
  void twiceIsOnce() {
    lake.write(ITEMS, days("05"), "1 a 1 5");
    lake.write(ITEMS, days("06"), "1 b 1 6");
    Set<String> before = lake.files();
    assertThat(lake.write(ITEMS, days("06"), "1 b 1 6").rows()).isZero();
    assertThat(lake.files()).isEqualTo(before);
  }

  @Test
  void aLateExtractSplitsTheVersionThatCoveredItsTime() {
    lake.write(ITEMS, days("05"), "1 a 1 5");
    lake.write(ITEMS, days("09"), "1 a 1 9");
    assertThat(lake.versions()).containsExactly("1 a 5 -");
    lake.write(ITEMS, days("07"), "1 b 1 7");
    assertThat(lake.versions()).containsExactly("1 a 5 7", "1 a 9 -", "1 b 7 9");
    lake.write(ITEMS, days("07"), "2 x 1 7");
    assertThat(lake.versions())
        .as("the 7th is another one now")
        .containsExactly("1 a 5 7", "1 a 9 -", "2 x 7 9");
  }

  @Test
  void severalExtractsMayComeInOneRun() {
    lake.write(ITEMS, days("05..07"), "1 a 1 5", "1 b 1 6", "1 b 1 7", "2 x 1 7");
    assertThat(lake.versions()).containsExactly("1 a 5 6", "1 b 6 -", "2 x 7 -");
  }

  @Test
  void anIntervalWithoutRowsIsNoExtract() {
    lake.write(ITEMS, days("05"), "1 a 1 5");
    lake.write(ITEMS, days("06"));
    assertThat(lake.versions()).containsExactly("1 a 5 -");
    lake.write(ITEMS, days("05"));
    assertThat(lake.versions()).as("the extract of the 5th was taken back").isEmpty();
  }

  @Test
  void ofDuplicatesInAnExtractTheGreatestCounts() {
    lake.write(ITEMS, days("05"), "1 a 1 5", "1 b 1 5", "1 - 1 5");
    assertThat(lake.versions()).containsExactly("1 b 5 -");
  }

  @Test
  void inAnExtractTheColumnsDecideByTheirNamesWhateverTheOrderOfDeclaration() {
    lake.write(ITEMS, days("05"), "1 a 9 5", "1 b 7 5");
    lake.write(
        MergeFixture.reordered().snapshot("loaded").build(), days("06"), "1 a 9 6", "1 b 7 6");
    assertThat(lake.versions()).containsExactly("1 a 5 -");
  }

  @Test
  void aRowWithoutKeyOrOutsideTheIntervalIsRefused() {
    assertThatThrownBy(() -> lake.write(ITEMS, days("05"), "- a 1 5"))
        .hasMessageContaining("id is null");
    assertThatThrownBy(() -> lake.write(ITEMS, days("05"), "1 a 1 6"))
        .hasMessageContaining("it lies outside the interval 2013-01-05 (rows=1)");
  }
}
