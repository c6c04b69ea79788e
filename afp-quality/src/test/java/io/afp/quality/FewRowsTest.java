package io.afp.quality;

import static io.afp.core.definition.CheckBuilder.key;
import static io.afp.core.definition.CheckBuilder.references;
import static io.afp.quality.QualityFixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Verdict;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the scans of the gate cost where there are few rows. */
@ExtendWith(LakeExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FewRowsTest {

  private QualityFixture quality;

  @BeforeAll
  void open(TestLake lake) {
    quality = new QualityFixture(lake);
    quality.session().sql("create table core.ids as select id from range(90)");
  }

  @Test
  void aKeyOfAFewRowsIsJudgedInOneStage() throws Exception {
    TableDef table = table(t -> t.column("id", "long").check(key("id").atLeast("50%")));
    quality.anew().write(table, "select id from range(100)");
    assertThat(stagesToJudge(table, 0)).isEqualTo(1);
    quality.anew().write(table, "select id % 90 id from range(100)");
    assertThat(stagesToJudge(table, 20)).as("one of them counts the repeated values").isEqualTo(2);
  }

  @Test
  void aReferenceOfAFewRowsIsJudgedInTwoStages() throws Exception {
    TableDef table =
        table(t -> t.column("id", "long", c -> c.check(references("core.ids.id").atLeast("50%"))));
    quality.anew().write(table, "select id from range(100)");
    assertThat(stagesToJudge(table, 10)).as("one of them reads the other table").isEqualTo(2);
  }

  @Test
  void manyRowsAreSharedByTheTasks() throws Exception {
    TableDef table = table(t -> t.column("id", "long").check(key("id").atLeast("50%")));
    quality.anew().write(table, "select id % 90 id from range(100)");
    quality.session().conf().set("spark.sql.autoBroadcastJoinThreshold", "10");
    try {
      assertThat(stagesToJudge(table, 20)).isGreaterThan(1);
    } finally {
      quality.session().conf().unset("spark.sql.autoBroadcastJoinThreshold");
    }
  }

  private int stagesToJudge(TableDef table, long failed) throws Exception {
    SparkContext context = quality.session().sparkContext();
    AtomicInteger stages = new AtomicInteger();
    SparkListener counting =
        new SparkListener() {
          @Override
          public void onStageCompleted(SparkListenerStageCompleted stage) {
            stages.incrementAndGet();
          }
        };
    context.listenerBus().waitUntilEmpty();
    context.addSparkListener(counting);
    try {
      List<Verdict> verdicts = quality.judge(table);
      context.listenerBus().waitUntilEmpty();
      assertThat(verdicts).extracting(Verdict::rowsFailed).containsExactly(failed);
      return stages.get();
    } finally {
      context.removeSparkListener(counting);
    }
  }
}
