package io.afp.core.lake;

import static io.afp.core.lake.MergeFixture.days;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where rows come from makes no difference to what a merge does with them. */
@ExtendWith(LakeExtension.class)
class MetadataColumnsTest {

  private static final MetadataColumns FIRST = run(1);
  private static final MetadataColumns SECOND = run(2);
  private static final MetadataColumns THIRD = run(3);

  private MergeFixture lake;

  @BeforeEach
  void aBranch(TestLake given) {
    lake = new MergeFixture(given);
  }

  private static MetadataColumns run(int number) {
    Instant moment = Instant.parse("2024-01-0%dT10:00:00.123456Z".formatted(number));
    return new MetadataColumns(Path.of("/p"), new UUID(0, number), moment);
  }

  private static TableBuilder table() {
    return MergeFixture.table()
        .inJava()
        .metadata(m -> m.runId("_afp_run_id").ingestedAt("at").source("_afp_source"));
  }

  @Test
  void replacedRowsAreThoseOfTheRunThatWroteThem() {
    TableDef table = table().build();
    lake.write(FIRST, table, Optional.empty(), "1 a 3");
    lake.write(SECOND, table, Optional.empty(), "1 a 3");
    assertThat(lake.read("id, right(_afp_run_id,1), at, _afp_source"))
        .containsExactly("1 2 2024-01-02 10:00:00.123456 data/a.csv");
  }

  @Test
  void rowsThatAreAppendedAgainAreThoseOfTheNewRun() {
    TableDef table =
        table().appendIntervals("loaded").replaceOnRerun().partitionBy("loaded").build();
    lake.write(FIRST, table, days("05"), "1 a 3 5");
    lake.write(FIRST, table, days("06"), "2 a 3 6");
    lake.write(SECOND, table, days("06"), "2 a 3 6");
    assertThat(runs("id")).containsExactly("1 1", "2 2");
  }

  @Test
  void anUpsertLeavesARowThatItWasGivenAgain() {
    TableDef table = table().upsert("as_of").deleteFlag("gone").build();
    lake.write(FIRST, table, Optional.empty(), "1 a 3", "2 a 3", "3 a 3");
    Set<String> before = lake.files();
    assertThat(lake.write(SECOND, table, Optional.empty(), "1 a 3", "2 a 3").rows()).isZero();
    assertThat(lake.files()).isEqualTo(before);

    lake.write(THIRD, table, Optional.empty(), "1 a 3", "2 b 3", "3 a 2");
    assertThat(runs("id, value")).containsExactly("1 a 1", "2 b 3", "3 a 1");
  }

  @Test
  void aHistoryLeavesAVersionThatItWasGivenAgain() {
    TableDef table = table().scd2("as_of").deleteFlag("gone").build();
    lake.write(FIRST, table, Optional.empty(), "1 a 3 3", "2 x 3 3");
    lake.write(SECOND, table, Optional.empty(), "1 b 5 3", "2 x 5 3");
    Set<String> before = lake.files();
    assertThat(lake.write(THIRD, table, Optional.empty(), "1 a 3 3", "2 x 5 3").rows()).isZero();
    assertThat(lake.files()).isEqualTo(before);
    assertThat(runs("id, value, day(valid_from), day(valid_to)"))
        .containsExactly("1 a 3 5 1", "1 b 5 - 2", "2 x 3 - 1");

    lake.write(THIRD, table, Optional.empty(), "1 c 4 3");
    assertThat(runs("id, value, day(valid_from), day(valid_to)"))
        .as("a late row splits the history; each version is of the run that saw it first")
        .containsExactly("1 a 3 4 1", "1 b 5 - 2", "1 c 4 5 3", "2 x 3 - 1");
  }

  @Test
  void anIntervalOfAHistoryThatIsDoneAgainChangesOnlyWhatItSaysAnew() {
    TableDef table = table().scd2("as_of").byIntervals("loaded").build();
    lake.write(FIRST, table, days("05"), "1 a 5 5", "2 a 5 5");
    lake.write(FIRST, table, days("06"), "1 b 6 6", "2 b 6 6");
    Set<String> before = lake.files();
    assertThat(lake.write(SECOND, table, days("05"), "1 a 5 5", "2 a 5 5").rows()).isZero();
    assertThat(lake.files()).isEqualTo(before);

    lake.write(THIRD, table, days("05"), "1 a 5 5", "2 A 5 5");
    assertThat(runs("id, value, day(valid_from)"))
        .containsExactly("1 a 5 1", "1 b 6 1", "2 A 5 3", "2 b 6 1");
  }

  @Tag("long")
  @Test
  void extractsLeaveAVersionThatTheyAreGivenAgain() {
    TableDef table = table().snapshot("loaded").build();
    lake.write(FIRST, table, days("05"), "1 a 1 5", "2 a 1 5");
    lake.write(SECOND, table, days("06"), "1 b 1 6", "2 a 1 6");
    Set<String> before = lake.files();
    assertThat(lake.write(THIRD, table, days("06"), "1 b 1 6", "2 a 1 6").rows()).isZero();
    assertThat(lake.files()).isEqualTo(before);
    assertThat(runs("id, value, day(valid_from), day(valid_to)"))
        .containsExactly("1 a 5 6 1", "1 b 6 - 2", "2 a 5 - 1");

    lake.write(THIRD, table, days("07"), "2 a 1 7");
    assertThat(runs("id, value, day(valid_from), day(valid_to)"))
        .containsExactly("1 a 5 6 1", "1 b 6 7 2", "2 a 5 - 1");
  }

  @Test
  void ofEqualRowsOfOneRunAlwaysTheSameCounts() {
    TableDef table = table().scd2("as_of").build();
    lake.write(FIRST, table, Optional.empty(), "1 a 3", "1 a 3");
    assertThat(runs("id, value")).containsExactly("1 a 1");
  }

  private List<String> runs(String columns) {
    return lake.read(columns + ", right(_afp_run_id,1)");
  }
}
