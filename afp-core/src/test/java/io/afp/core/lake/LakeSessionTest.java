package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.error.AfpException;
import io.afp.core.ledger.Database.Account;
import io.afp.core.settings.Secret;
import io.afp.core.testing.TestSpark;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LakeSessionTest extends OneTableOnMain {

  @Test
  void whatABranchDoesIsInvisibleUntilItIsPublished() {
    String branch = lake.newBranch();
    SparkSession session = lake.on(branch);
    session.sql("CREATE NAMESPACE mart");
    session.sql("CREATE TABLE mart.b AS SELECT 1 AS id");
    session.sql("ALTER TABLE core.a ADD COLUMN more int");
    session.sql("INSERT INTO core.a VALUES (2, 3)");
    SparkSession main = lake.onMain();
    assertThat(main.catalog().databaseExists("mart")).isFalse();
    assertThat(main.table("core.a").columns()).containsExactly("id");
    assertThat(main.table("core.a").count()).isEqualTo(1);
    lake.publishBranch(branch);
    assertThat(main.table("core.a").count()).as("a session that was open before").isEqualTo(2);
    assertThat(lake.onMain().table("mart.b").count()).isEqualTo(1);
  }

  @Test
  void theConfigurationOfASessionHoldsNothingThatNobodyMaySee() {
    Account account =
        new Account(
            lake.account().uri() + "&sslpassword=of-the-address",
            lake.account().user(),
            Optional.of(Secret.of("of-the-account")));
    Map<String, String> keys = Map.of("s3.secret-access-key", "of-the-store");

    SparkSession session =
        new LakeSession(account, lake.warehouse().toUri().toString(), "test", keys)
            .onBranch(TestSpark.session(), lake.newBranch());

    assertThat(session.table("core.a").count()).isEqualTo(1);
    assertThat(session.conf().getAll().toString())
        .doesNotContain("of-the-address", "of-the-account", "of-the-store");
    LakeSession.close(session);
  }

  /** The first that a session has to do with its catalog. */
  private enum Touch {
    LOAD {
      @Override
      void of(SparkSession session) throws Exception {
        Spark3Util.loadIcebergTable(session, "lake.core.a");
      }
    },
    READ {
      @Override
      void of(SparkSession session) {
        session.read().format("iceberg").load("lake.core.a");
      }
    },
    CURRENT_CATALOG {
      @Override
      void of(SparkSession session) {
        session.catalog().setCurrentCatalog("lake");
      }
    };

    abstract void of(SparkSession session) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheFactoryASessionIsSilentlyBoundToMain(Touch touch) throws Exception {
    SparkSession other = Unguarded.onMain(lake);
    SparkSession session = Unguarded.configured(lake, Map.of(".branch", lake.newBranch()));
    SparkSession.setActiveSession(other);
    touch.of(session);
    session.sql("INSERT INTO lake.core.a VALUES (2)");
    assertThat(lake.onMain().table("core.a").count())
        .as("the insert of the branch is on main")
        .isEqualTo(2);
  }

  @Test
  void withoutTheFactoryABranchThatIsSetAfterTheFirstTouchIsNotHeeded() {
    SparkSession session = Unguarded.onMain(lake);
    session.conf().set("spark.sql.catalog.lake.branch", lake.newBranch());
    session.sql("INSERT INTO lake.core.a VALUES (2)");
    assertThat(lake.onMain().table("core.a").count()).as("on main").isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aSessionOfTheFactoryStaysOnItsBranchWhateverElseIsActive(Touch touch) throws Exception {
    SparkSession other = Unguarded.onMain(lake);
    SparkSession session = lake.on(lake.newBranch());
    SparkSession.setActiveSession(other);
    touch.of(session);
    session.sql("INSERT INTO lake.core.a VALUES (2)");
    assertThat(session.table("core.a").count()).isEqualTo(2);
    assertThat(other.table("core.a").count()).isEqualTo(1);
  }

  @Test
  void twoSessionsOnTwoBranchesDoNotMix() {
    SparkSession one = lake.on(lake.newBranch());
    SparkSession two = lake.on(lake.newBranch());
    one.sql("INSERT INTO core.a VALUES (2)");
    two.sql("INSERT INTO core.a VALUES (3), (4)");
    assertThat(one.table("core.a").count()).isEqualTo(2);
    assertThat(two.table("core.a").count()).isEqualTo(3);
    assertThat(one.table("core.a").join(two.table("core.a"), "id").count())
        .as("a join across sessions")
        .isEqualTo(1);
  }

  @Test
  void aSessionThatIsNotAfpsIsRefused() {
    SparkSession session = TestSpark.session().newSession();
    session.conf().set("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog");
    session.conf().set("spark.sql.catalog.lake.type", "hadoop");
    session.conf().set("spark.sql.catalog.lake.warehouse", lake.warehouse().toString());
    SparkSession.setActiveSession(session);
    assertThatThrownBy(() -> LakeSession.icebergCatalog(session))
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code().code()).isEqualTo("AFP-LAKE-002"))
        .hasMessageContaining("its catalog is not AFP's");
  }

  /** Spark's configuration is that of every new session. */
  @Test
  void aSessionThatIsBoundElsewhereIsRefused() {
    String branch = lake.newBranch();
    SparkConf conf = TestSpark.session().sharedState().conf();
    conf.set("spark.sql.catalog.lake.branch", branch);
    try {
      assertThatThrownBy(lake::onMain)
          .isInstanceOfSatisfying(
              AfpException.class, e -> assertThat(e.code().code()).isEqualTo("AFP-LAKE-002"))
          .hasMessageContaining("(expected=lake, found=lake@%s)".formatted(branch));
    } finally {
      conf.remove("spark.sql.catalog.lake.branch");
    }
  }

  @Test
  void aSessionOnMainCannotWrite() {
    SparkSession main = lake.onMain();
    assertThatThrownBy(() -> main.sql("INSERT INTO core.a VALUES (2)"))
        .hasStackTraceContaining("read-only transaction");
    assertThatThrownBy(() -> main.sql("DROP TABLE core.a"))
        .hasStackTraceContaining("read-only transaction");
    assertThat(main.table("core.a").count()).isEqualTo(1);
  }

  @Test
  void aSessionOnABranchThatWasFencedCannotCommit() {
    String branch = lake.newBranch();
    SparkSession zombie = lake.on(branch);
    lake.branches().fence(branch);
    assertThatThrownBy(() -> zombie.sql("INSERT INTO core.a VALUES (2)"))
        .hasStackTraceContaining("branch " + branch + " is not open");
    assertThat(zombie.table("core.a").count()).isEqualTo(1);
  }

  @Test
  void aCatalogWithACacheShowsAStaleMain() {
    SparkSession cached = Unguarded.with(lake, Map.of(".cache-enabled", "true"));
    assertThat(cached.table("core.a").count()).isEqualTo(1);
    lake.publish("INSERT INTO core.a VALUES (2)");
    assertThat(cached.table("core.a").count()).as("stale").isEqualTo(1);
  }

  /** Why models and queries are single SELECTs, which can't say this. */
  @Test
  void aTableThatASessionCachesStaysStale() {
    SparkSession main = lake.onMain();
    main.sql("CACHE TABLE core.a");
    lake.publish("INSERT INTO core.a VALUES (2)");
    assertThat(main.table("core.a").count()).as("stale").isEqualTo(1);
    main.sql("UNCACHE TABLE core.a");
    assertThat(main.table("core.a").count()).isEqualTo(2);
  }

  /** The same of these. */
  @Test
  void aGlobalTemporaryViewShowsABranchToEverybody() {
    SparkSession branch = lake.on(lake.newBranch());
    branch.sql("INSERT INTO core.a VALUES (2)");
    branch.table("core.a").createOrReplaceGlobalTempView("leak");
    assertThat(lake.onMain().table("global_temp.leak").count()).isEqualTo(2);
    branch.catalog().dropGlobalTempView("leak");
  }
}
