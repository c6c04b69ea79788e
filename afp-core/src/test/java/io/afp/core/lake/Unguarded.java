package io.afp.core.lake;

import io.afp.core.testing.TestLake;
import io.afp.core.testing.TestSpark;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Sessions on the catalog of a test's lake without AFP's precautions, to show what they are for.
 */
final class Unguarded {

  private static final String CATALOG = "spark.sql.catalog.lake";

  private Unguarded() {}

  /** A session on a branch, as anybody would configure it. */
  static SparkSession on(TestLake lake, String branch) {
    return with(lake, Map.of(".branch", branch));
  }

  /** A session on main that may write it. */
  static SparkSession onMain(TestLake lake) {
    return with(lake, Map.of());
  }

  /** A session with more settings of the catalog. */
  static SparkSession with(TestLake lake, Map<String, String> more) {
    SparkSession session = configured(lake, more);
    SparkSession.setActiveSession(session);
    LakeSession.icebergCatalog(session);
    return session;
  }

  /** A session that has not touched its catalog yet. */
  static SparkSession configured(TestLake lake, Map<String, String> more) {
    SparkSession session = TestSpark.session().newSession();
    session.conf().set(CATALOG, BranchCatalog.class.getName());
    session.conf().set(CATALOG + ".type", "jdbc");
    session.conf().set(CATALOG + ".uri", lake.account().uri());
    session.conf().set(CATALOG + ".warehouse", lake.warehouse().toUri().toString());
    session.conf().set(CATALOG + ".jdbc.schema-version", "V1");
    session.conf().set(CATALOG + ".cache-enabled", "false");
    session.conf().set("spark.sql.defaultCatalog", "lake");
    more.forEach((key, value) -> session.conf().set(CATALOG + key, value));
    return session;
  }
}
