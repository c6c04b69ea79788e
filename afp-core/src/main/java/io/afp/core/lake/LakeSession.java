package io.afp.core.lake;

import io.afp.core.catalog.Branches;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.Database.Account;
import io.afp.core.settings.Settings;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.catalog.Catalog;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The only place where a Spark session is bound to a branch.
 *
 * <p>Spark loads a catalog with the configuration of the <em>active</em> session, once, at the
 * first touch. So a session is made anew, configured, made active, touched, and then asked whether
 * it really is on its branch; changing the configuration later would silently do nothing.
 */
public final class LakeSession {

  private static final Logger log = LoggerFactory.getLogger(LakeSession.class);
  private static final String CATALOG = "spark.sql.catalog." + Branches.MAIN;

  private static final String REMOVE_SETTINGS =
      "Remove settings that start with " + CATALOG + " from the Spark configuration";

  private static final Map<String, String> READ_ONLY =
      Map.of(CATALOG + ".jdbc.options", "-c default_transaction_read_only=on");

  private static final Seq<SparkStrategy> WRITES =
      JavaConverters.asScalaBuffer(List.of(new WriteShuffle()));

  private final Account account;
  private final String warehouse;
  private final String applicationName;
  private final Map<String, String> files;

  /**
   * A factory of sessions.
   *
   * @param account the database of the catalog
   * @param warehouse where tables are created
   * @param applicationName what Postgres shows for the connections of the catalog
   * @param files properties of Iceberg, which say how the warehouse is reached
   */
  public LakeSession(
      Account account, String warehouse, String applicationName, Map<String, String> files) {
    this.account = account;
    this.files = Map.copyOf(files);
    this.warehouse = warehouse;
    this.applicationName = applicationName;
  }

  /** The factory of a project. */
  public static LakeSession of(Account account, Settings settings, String applicationName) {
    return new LakeSession(
        account, settings.lake().warehouse(), applicationName, S3Properties.iceberg(settings.s3()));
  }

  /** A session that reads and writes a branch, and nothing else. */
  public SparkSession onBranch(SparkSession parent, String branch) {
    return bind(parent, Optional.of(branch), Map.of());
  }

  /** A session that reads a branch, and can't change it. */
  public SparkSession reading(SparkSession parent, String branch) {
    return bind(parent, Optional.of(branch), READ_ONLY);
  }

  /**
   * A session that reads main. Its connections to Postgres are read-only, so that no statement can
   * move a table.
   */
  public SparkSession onMain(SparkSession parent) {
    return bind(parent, Optional.empty(), READ_ONLY);
  }

  private SparkSession bind(
      SparkSession parent, Optional<String> branch, Map<String, String> more) {
    SparkSession session = parent.newSession();
    settings(branch).forEach(session.conf()::set);
    more.forEach(session.conf()::set);
    session.experimental().extraStrategies_$eq(WRITES);
    SparkSession.setActiveSession(session);
    requireBound(session, branch.map(Branches::catalogName).orElse(Branches.MAIN));
    return session;
  }

  /** What SQL and its values mean in every session of AFP, as settings of Spark. */
  public static Map<String, String> semantics() {
    return Map.of(
        "spark.sql.session.timeZone", "UTC",
        "spark.sql.variable.substitute", "false", // there is no template language in SQL
        "spark.sql.ansi.enabled", "false",
        "spark.sql.datetime.java8API.enabled", "true");
  }

  private Map<String, String> settings(Optional<String> branch) {
    Map<String, String> conf = new TreeMap<>();
    conf.put(CATALOG, BranchCatalog.class.getName());
    conf.put(CATALOG + "." + BranchCatalog.SECRETS, CatalogSecrets.keep(secrets()));
    conf.put(CATALOG + ".type", "jdbc");
    conf.put(CATALOG + ".warehouse", warehouse);
    conf.put(CATALOG + ".io-impl", KeepingFileIO.class.getName());
    conf.put(CATALOG + ".jdbc.schema-version", "V1");
    conf.put(CATALOG + ".jdbc.init-catalog-tables", "false");
    conf.put(CATALOG + ".jdbc.strict-mode", "true");
    conf.put(CATALOG + ".jdbc.ApplicationName", applicationName);
    conf.put(CATALOG + ".jdbc.tcpKeepAlive", "true");
    conf.put(CATALOG + ".retryable_status_codes", "57P01,57P02,57P03");
    conf.put(CATALOG + ".unique-table-location", "true");
    conf.put(CATALOG + ".cache-enabled", "false");
    conf.put(CATALOG + ".table-default.gc.enabled", "false");
    branch.ifPresent(name -> conf.put(CATALOG + "." + BranchCatalog.BRANCH, name));
    conf.put("spark.sql.defaultCatalog", Branches.MAIN);
    conf.putAll(semantics());
    conf.put("spark.sql.csv.parser.columnPruning.enabled", "false");
    conf.put("spark.sql.codegen.hugeMethodLimit", "8000"); // the JVM interprets larger ones
    return conf;
  }

  /** The address of the database, which may hold a password, the account, and keys of stores. */
  private Map<String, String> secrets() {
    Map<String, String> secrets = new TreeMap<>(files);
    secrets.put("uri", account.uri());
    account.user().ifPresent(user -> secrets.put("jdbc.user", user));
    account.password().ifPresent(password -> secrets.put("jdbc.password", password.reveal()));
    return secrets;
  }

  private static void requireBound(SparkSession session, String expected) {
    String found = icebergCatalog(session).name();
    if (!found.equals(expected)) {
      throw new AfpException(
          ErrorCode.SESSION_NOT_BOUND,
          "Cannot use the Spark session: its catalog is another one (expected=%s, found=%s)"
              .formatted(expected, found),
          REMOVE_SETTINGS + "; if there are none, report it as a fault of AFP.");
    }
  }

  /**
   * Gives up the connections of a session of this factory. It is not used again: a driver may work
   * on many branches, and Postgres has only so many connections.
   */
  public static void close(SparkSession session) {
    if (icebergCatalog(session) instanceof Closeable catalog) {
      try {
        catalog.close();
      } catch (IOException e) {
        log.warn("Cannot close the catalog of a session", e);
      }
    }
  }

  /** The Iceberg catalog behind a session of this factory. */
  public static Catalog icebergCatalog(SparkSession session) {
    Object plugin = session.sessionState().catalogManager().catalog(Branches.MAIN);
    if (plugin instanceof BranchCatalog catalog) {
      return catalog.icebergCatalog();
    }
    throw new AfpException(
        ErrorCode.SESSION_NOT_BOUND,
        "Cannot use the Spark session: its catalog is not AFP's (class=%s)"
            .formatted(plugin.getClass().getName()),
        REMOVE_SETTINGS + ".");
  }
}
