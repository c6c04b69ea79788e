package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.catalog.Takeover;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.testing.TestLake;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** When the first driver of a step ends, before another one goes on. */
enum Death {
  NONE,
  /** It has committed some of it, and not all: nobody goes on with that. */
  HALFWAY,
  /** It has committed all, and published nothing: the next one takes it over. */
  BEFORE_PUBLISH,
  /** The same, and another run publishes the table before the next one comes: it begins anew. */
  OVERTAKEN;

  /** The filling of one table. */
  interface Step {

    TableDef table();

    /** What a driver has done that dies halfway. */
    void half(SparkSession session);

    void all(SparkSession session);
  }

  /** Has a step done and published, by a second driver where the first one dies. */
  void publish(TestLake lake, Step step) {
    String branch = this == NONE ? lake.newBranch() : second(lake, step);
    if (this != BEFORE_PUBLISH) {
      step.all(lake.on(branch));
    }
    lake.publishBranch(branch);
  }

  /** The branch of the second driver, with what it takes over of the first. */
  private String second(TestLake lake, Step step) {
    String dead = lake.newBranch();
    if (this == HALFWAY) {
      step.half(lake.on(dead));
    } else {
      step.all(lake.on(dead));
    }
    if (this == OVERTAKEN) {
      publishAnother(lake, step.table());
    }
    lake.branches().fence(dead);
    String next = lake.newBranch();
    if (this != HALFWAY) {
      assertThat(carryOver(lake, dead, next, step.table().name()))
          .as("taken over")
          .isEqualTo(this == BEFORE_PUBLISH);
    }
    discard(lake, dead);
    return next;
  }

  /** A run that changes no row. */
  private static void publishAnother(TestLake lake, TableDef table) {
    String branch = lake.newBranch();
    SparkSession session = lake.on(branch);
    new LakeTables(session).ensure(table);
    session.sql("ALTER TABLE %s SET TBLPROPERTIES ('by' = '%s')".formatted(table.name(), branch));
    lake.publishBranch(branch);
  }

  private static boolean carryOver(TestLake lake, String from, String to, TableName table) {
    return new Takeover(lake.database())
        .carryOver(from, to, List.of(table, table.observed()), List.of());
  }

  /** Gives up a branch and the files that only it has. */
  static void discard(TestLake lake, String branch) {
    new FileReach(lake.files())
        .delete(lake.branches().discard(branch), lake.branches().reachable());
  }
}
