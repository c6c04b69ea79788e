package io.afp.core.testing;

import io.afp.core.catalog.Branches;
import io.afp.core.catalog.Pointer;
import io.afp.core.catalog.Publisher;
import io.afp.core.lake.FileReach;
import io.afp.core.lake.LakeFiles;
import io.afp.core.lake.LakeSession;
import io.afp.core.lake.OwnFolders;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.LeaseKeeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.io.ResolvingFileIO;
import org.apache.spark.sql.SparkSession;

/**
 * An empty lake: a database with ledger and catalog, a warehouse in a temporary folder, and Spark
 * sessions on its branches.
 *
 * <p>A test asks for one by a parameter, see {@link LakeExtension}.
 */
public final class TestLake implements AutoCloseable {

  private final Database.Account account = TestPostgres.ledger();
  private final Database database = Database.open(account, "test");
  private final Branches branches = new Branches(database);
  private final Path warehouse = temporaryFolder();
  private final List<SparkSession> sessions = new ArrayList<>();
  private final ResolvingFileIO files = LakeFiles.of(hadoop(), Map.of());
  private int numbers;

  /** Where its database is. */
  public Database.Account account() {
    return account;
  }

  /** The database with ledger and catalog. */
  public Database database() {
    return database;
  }

  /** The branches of the lake. */
  public Branches branches() {
    return branches;
  }

  /** The folder in which tables are created. */
  public Path warehouse() {
    return warehouse;
  }

  /** Creates a branch under a name that was not used before. */
  public String newBranch() {
    String name = "b" + ++numbers;
    branches.create(name);
    return name;
  }

  /** A new session on a branch; it is the active one from now on. */
  public SparkSession on(String branch) {
    return opened(sessionFactory().onBranch(TestSpark.session(), branch));
  }

  /** A new session that reads main. */
  public SparkSession onMain() {
    return opened(sessionFactory().onMain(TestSpark.session()));
  }

  /** What binds sessions to branches of this lake. */
  public LakeSession sessionFactory() {
    return new LakeSession(account, warehouse.toUri().toString(), "test", Map.of());
  }

  private SparkSession opened(SparkSession session) {
    sessions.add(session);
    return session;
  }

  /**
   * Executes statements on a new branch and publishes it.
   *
   * @return the release
   */
  public long publish(String... statements) {
    String branch = newBranch();
    SparkSession session = on(branch);
    for (String statement : statements) {
      session.sql(statement);
    }
    return publishBranch(branch);
  }

  /** Publishes a branch, under a lease that is given up again. */
  public long publishBranch(String branch) {
    String place = warehouse.toUri().toString();
    new FileReach(files())
        .open(branches.changed(branch), new OwnFolders(place, branches.before(branch)));
    return publishUnopened(branch);
  }

  /** The same without a look at what is published, to show what the look is for. */
  public long publishUnopened(String branch) {
    try (LeaseKeeper lease = lease()) {
      return new Publisher(database)
          .publish(
              branch,
              lease.lease(),
              branches.changed(branch).stream()
                  .map(Pointer::metadataLocation)
                  .collect(Collectors.toSet()),
              (transaction, release) -> {});
    }
  }

  private LeaseKeeper lease() {
    String pipeline = "test" + ++numbers;
    return LeaseKeeper.tryTake(database, pipeline, UUID.randomUUID()).orElseThrow();
  }

  /** Access to the files of the lake. */
  public ResolvingFileIO files() {
    return files;
  }

  /** The configuration for access to files. */
  public org.apache.hadoop.conf.Configuration hadoop() {
    return TestSpark.session().sessionState().newHadoopConf();
  }

  /** Closes all connections, and leaves nothing behind. */
  @Override
  public void close() {
    if (!sessions.isEmpty()) {
      sessions.forEach(TestLake::closeCatalog);
      SparkSession.setActiveSession(TestSpark.session());
    }
    files.close();
    database.close();
    TestPostgres.drop(account);
    delete(warehouse);
  }

  private static void closeCatalog(SparkSession session) {
    Catalog catalog = LakeSession.icebergCatalog(session);
    try {
      ((AutoCloseable) catalog).close();
    } catch (Exception e) {
      throw new IllegalStateException("Cannot close the catalog " + catalog.name(), e);
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("afp-lake-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
