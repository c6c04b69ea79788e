package io.afp.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class PublisherTest {

  private TestLake lake;
  private CatalogRows rows;
  private Branches branches;

  @BeforeEach
  void twoTablesOnMain(TestLake given) {
    lake = given;
    rows = new CatalogRows(lake.database());
    branches = lake.branches();
    rows.create("lake", "core.a", "a1");
    rows.create("lake", "core.b", "b1");
    branches.create("b");
  }

  @Test
  void movesChangedTablesBringsNewOnesInAndTakesDroppedOnesOut() {
    rows.commit("lake@b", "core.a", "a2");
    rows.commit("lake@b", "core.a", "a3");
    rows.create("lake@b", "core.c", "c1");
    rows.drop("lake@b", "core.b");
    long release = rows.publish("b");
    assertThat(rows.main()).containsOnly(Map.entry("core.a", "a3"), Map.entry("core.c", "c1"));
    assertThat(rows.of("lake@b")).as("the branch is gone").isEmpty();
    assertThat(branches.state("b")).contains("published");
    assertThat(rows.numbers("SELECT release_id FROM afp.branch")).containsExactly(release);
    assertThat(
            rows.numbers(
                """
                SELECT count(*) FROM afp.release_table WHERE (table_name, old_location, new_location, previous_location)
                  IS NOT DISTINCT FROM ('a', 'a1', 'a3', 'a2') OR (table_name, old_location) = ('b', 'b1')
                  OR (table_name, new_location) = ('c', 'c1')
                """))
        .as("the release knows both sides of every pointer")
        .containsExactly(3L);
  }

  @Test
  void mainOfAPublishedTableHasItsOldPointerAsPrevious() {
    rows.commit("lake@b", "core.a", "a2");
    rows.commit("lake@b", "core.a", "a3");
    rows.publish("b");
    assertThat(
            rows.numbers(
                "SELECT count(*) FROM iceberg_tables WHERE metadata_location = 'a3' AND previous_metadata_location = 'a1'"))
        .containsExactly(1L);
  }

  @Test
  void aBranchThatChangedNothingIsARelease() {
    assertThat(rows.publish("b")).isPositive();
    assertThat(branches.state("b")).contains("published");
  }

  @Test
  void namespacesAndTheirPropertiesComeAlong() {
    lake.database()
        .useTransaction(
            h ->
                h.execute(
                    "INSERT INTO iceberg_namespace_properties VALUES ('lake@b', 'core', 'exists', 'true')"));
    rows.publish("b");
    assertThat(
            rows.numbers(
                "SELECT count(*) FROM iceberg_namespace_properties WHERE catalog_name = 'lake'"))
        .containsExactly(1L);
  }
}
