package io.afp.core.lake;

import static io.afp.core.lake.Writing.months;
import static io.afp.core.lake.Writing.replaced;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.catalog.Pointer;
import io.afp.core.catalog.ReleaseHistory;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A table that is emptied and declared in another way, and the releases from before. */
@ExtendWith(LakeExtension.class)
class RenewalTest {

  private static final TableName NAME = new TableName("core", "a");

  private TestLake lake;
  private long before;
  private String uuid;

  /** By month of a column that goes, sorted by another one. */
  @BeforeEach
  void aPublishedTable(TestLake given) {
    lake = given;
    String branch = lake.newBranch();
    Writing writing = new Writing(lake.on(branch));
    writing.write(replaced(), months("2013-01"), "2013-01-05 1", "2013-01-06 2");
    writing.session().sql("ALTER TABLE core.a WRITE ORDERED BY id");
    before = lake.publishBranch(branch);
    uuid = table(lake.onMain()).uuid().toString();
  }

  /** The day is a text now, and the number is gone. */
  private static TableDef other() {
    return declared("day string", "more int")
        .partitionBy("bucket(2, day)")
        .key("day")
        .upsert("more")
        .build();
  }

  private static TableBuilder declared(String... columns) {
    TableBuilder table = TableDef.named("core.a").sql("SELECT 1");
    for (String column : columns) {
      table.column(column.split(" ")[0], column.split(" ")[1]);
    }
    return table;
  }

  private void renewAndPublish() {
    String branch = lake.newBranch();
    SparkSession session = lake.on(branch);
    TableWriter writer = new TableWriter(session, Map.of("afp.run-id", "r2"), List.of());
    Renewal renewal = writer.renew(other());
    assertThat(renewal.emptied()).containsExactly(NAME);
    assertThat(renewal.changes())
        .containsExactly(
            "column day is made anew with another type (from=date, to=string)",
            "column more is added",
            "column id is dropped; older releases still have it",
            "its partitioning is changed (from=[month(day)], to=[bucket[2](day)])");
    writer.write(other(), session.sql("SELECT '2013-01-05' day, 7 more"), Optional.empty());
    lake.publishBranch(branch);
  }

  @Test
  void theTableIsTheSameOneAndHasOnlyTheNewRows() {
    renewAndPublish();
    assertThat(rows(lake.onMain(), "SELECT day, more FROM core.a")).containsExactly("2013-01-05 7");
    assertThat(table(lake.onMain()).uuid().toString()).isEqualTo(uuid);
    assertThat(table(lake.onMain()).properties())
        .containsEntry("afp.merge", "upsert key=[day] as_of=more");
    assertThat(
            rows(
                lake.onMain(),
                "SELECT summary['afp.run-id'] FROM core.a.snapshots WHERE operation = 'delete'"))
        .containsExactly("r2");
  }

  @Test
  void theReleaseFromBeforeIsReadAsItWas() {
    renewAndPublish();
    String branch = "before";
    lake.branches().createAsOf(branch, before);
    assertThat(
            rows(
                lake.sessionFactory().reading(lake.onMain(), branch),
                "SELECT * FROM core.a WHERE day < '2013-01-06'"))
        .containsExactly("2013-01-05 1");
  }

  @Test
  void theTableGoesBackToTheReleaseWithItsSchemaPartitionsAndMode() {
    renewAndPublish();
    Pointer then = new ReleaseHistory(lake.database()).asOf(before).get(0);
    TableStates states = new TableStates(lake.files());
    String branch = lake.newBranch();
    SparkSession session = lake.on(branch);
    states.restore(session, NAME, states.read(then));
    lake.publishBranch(branch);
    assertThat(rows(lake.onMain(), "SELECT * FROM core.a ORDER BY id"))
        .containsExactly("2013-01-05 1", "2013-01-06 2");
    assertThat(table(lake.onMain()).properties()).doesNotContainKey("afp.merge");
    Writing writing = new Writing(lake.on(lake.newBranch()));
    writing.write(replaced(), months("2013-01"), "2013-01-07 3");
    assertThat(writing.read()).as("and runs go on with it").containsExactly("2013-01-07 3");
  }

  @Test
  void aRefreshThatIsDiscardedLeavesTheFilesOfMain() {
    String branch = lake.newBranch();
    SparkSession session = lake.on(branch);
    TableWriter writer = new TableWriter(session, Map.of(), List.of());
    writer.renew(other());
    writer.write(other(), session.sql("SELECT '2013-01-05' day, 7 more"), Optional.empty());
    List<Pointer> discarded = lake.branches().discard(branch);
    assertThat(new FileReach(lake.files()).delete(discarded, lake.branches().reachable()))
        .isPositive();
    assertThat(rows(lake.onMain(), "SELECT * FROM core.a ORDER BY id"))
        .containsExactly("2013-01-05 1", "2013-01-06 2");
  }

  private static Table table(SparkSession session) {
    return new LakeTables(session).find(NAME).orElseThrow();
  }

  private static List<String> rows(SparkSession session, String query) {
    return session.sql(query).collectAsList().stream().map(row -> row.mkString(" ")).toList();
  }
}
