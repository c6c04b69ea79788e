package io.afp.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.TableName;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The trigger that keeps direct commits off owned tables and off branches that are not open. */
@ExtendWith(LakeExtension.class)
class GuardTest {

  private TestLake lake;
  private CatalogRows rows;

  @BeforeEach
  void anOwnedAndAFreeTable(TestLake given) {
    lake = given;
    rows = new CatalogRows(lake.database());
    rows.create("lake", "core.owned", "o1");
    rows.create("lake", "core.free", "f1");
    rows.own("core.owned", "flights");
  }

  @Test
  void directCommitsToAnOwnedTableAreRefused() {
    refused(() -> rows.commit("lake", "core.owned", "o2"));
    refused(() -> rows.drop("lake", "core.owned"));
    refused(() -> rows.rename("lake", "core.owned", "other"));
    rows.own("core.later", "flights");
    refused(() -> rows.create("lake", "core.later", "l1"));
    refused(() -> rows.rename("lake", "core.free", "later"));
    assertThat(rows.main()).containsEntry("core.owned", "o1").hasSize(2);
  }

  private static void refused(ThrowingCallable change) {
    assertThatThrownBy(change)
        .hasMessageContaining("is owned by a pipeline and moves only by publish");
  }

  @Test
  void withoutTheGuardADirectCommitMovesAnOwnedTable() {
    dropGuard();
    rows.commit("lake", "core.owned", "o2");
    assertThat(rows.main()).containsEntry("core.owned", "o2");
  }

  @Test
  void directCommitsToAFreeTablePass() {
    rows.commit("lake", "core.free", "f2");
    rows.rename("lake", "core.free", "renamed");
    assertThat(rows.main()).containsEntry("core.renamed", "f2");
    assertThatCode(() -> rows.drop("lake", "core.renamed")).doesNotThrowAnyException();
  }

  @Test
  void anOpenBranchTakesCommitsToAnOwnedTable() {
    lake.branches().create("b");
    rows.commit("lake@b", "core.owned", "o2");
    rows.publish("b");
    assertThat(rows.main()).containsEntry("core.owned", "o2");
  }

  @Test
  void aBranchThatIsNotOpenTakesNoCommits() {
    for (String state : new String[] {"fenced", "discarded", "published"}) {
      lake.branches().create(state);
      if (state.equals("published")) {
        rows.publish(state);
      } else {
        lake.branches().fence(state);
      }
      if (state.equals("discarded")) {
        lake.branches().discard(state);
      }
      String message = "branch " + state + " is not open";
      assertThatThrownBy(() -> rows.create("lake@" + state, "core.new", "n1"))
          .hasMessageContaining(message);
    }
    assertThatThrownBy(() -> rows.commit("lake@fenced", "core.free", "f2"))
        .hasMessageContaining("branch fenced is not open");
    assertThatThrownBy(() -> rows.drop("lake@fenced", "core.free"))
        .as("a drop by a dead attempt")
        .hasMessageContaining("branch fenced is not open");
  }

  @Test
  void aBranchThatNeverWasTakesNoCommits() {
    assertThatThrownBy(() -> rows.create("lake@mispelt", "core.new", "n1"))
        .hasMessageContaining("branch mispelt is not open");
  }

  @Test
  void withoutTheGuardACommitByADeadAttemptIsPublished() {
    dropGuard();
    fenceAndBranch();
    rows.commit("lake@dead", "core.free", "half");
    carryOverAndPublish();
    assertThat(rows.main()).as("nobody checked it").containsEntry("core.free", "half");
  }

  @Test
  void withoutTheGuardADropByADeadAttemptLosesWhatItHadFinished() {
    dropGuard();
    fenceAndBranch();
    rows.drop("lake@dead", "core.free");
    carryOverAndPublish();
    assertThat(rows.main()).as("f2 is lost, and its step is done").containsEntry("core.free", "f1");
  }

  @Test
  void theSimplerGuardOfNewRowsAloneLetsARenameAndADropPass() {
    rows.create("lake", "core.dropped", "d1");
    rows.own("core.dropped", "flights");
    simplerGuard();
    assertThatThrownBy(() -> rows.commit("lake", "core.owned", "o2")).hasMessageContaining("owned");
    rows.rename("lake", "core.owned", "stolen");
    rows.drop("lake", "core.dropped");
    assertThat(rows.main())
        .as("the owned tables are gone")
        .containsOnlyKeys("core.stolen", "core.free");
  }

  @Test
  void theSimplerGuardOfNewRowsAloneLetsADeadAttemptDrop() {
    simplerGuard();
    fenceAndBranch();
    assertThatThrownBy(() -> rows.commit("lake@dead", "core.free", "half"))
        .hasMessageContaining("not open");
    rows.drop("lake@dead", "core.free");
    carryOverAndPublish();
    assertThat(rows.main()).as("f2 is lost, and its step is done").containsEntry("core.free", "f1");
  }

  /** An attempt finished a step, was taken for dead, and the next one begins. */
  private void fenceAndBranch() {
    lake.branches().create("dead");
    rows.commit("lake@dead", "core.free", "f2");
    lake.branches().fence("dead");
    lake.branches().create("next");
  }

  private void carryOverAndPublish() {
    List<TableName> wrote = List.of(TableName.parse("core.free"));
    assertThat(new Takeover(lake.database()).carryOver("dead", "next", wrote, List.of())).isTrue();
    rows.publish("next");
  }

  private void simplerGuard() {
    dropGuard();
    lake.database()
        .useTransaction(
            handle ->
                handle.execute(
                    """
                    CREATE FUNCTION simple() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                      IF current_setting('afp.publish', true) = 'on' THEN RETURN new; END IF;
                      IF new.catalog_name = 'lake' AND EXISTS (SELECT 1 FROM afp.owned_table o
                          WHERE (o.table_namespace, o.table_name) = (new.table_namespace, new.table_name)) THEN
                        RAISE EXCEPTION 'owned'; END IF;
                      IF EXISTS (SELECT 1 FROM afp.branch
                          WHERE 'lake@' || name = new.catalog_name AND state <> 'open') THEN
                        RAISE EXCEPTION 'not open'; END IF;
                      RETURN new; END $$;
                    CREATE TRIGGER simple BEFORE INSERT OR UPDATE ON iceberg_tables FOR EACH ROW EXECUTE FUNCTION simple()
                    """));
  }

  private void dropGuard() {
    lake.database().useTransaction(h -> h.execute("DROP TRIGGER afp_guard ON iceberg_tables"));
  }
}
