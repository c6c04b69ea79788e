package io.afp.testing;

import io.afp.core.definition.Project;
import io.afp.core.job.Job;
import io.afp.core.lake.LakeSession;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.EmbeddedPostgres;
import io.afp.core.ledger.Phase;
import io.afp.core.settings.Settings;
import io.afp.core.testing.Reported;
import io.afp.core.testing.TestProject;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A copy of a project that the tests of a class work on: its pipelines run as they do by {@code afp
 * run}, in this process, on Spark, Iceberg and an embedded Postgres of its own. The project itself
 * is left alone.
 *
 * <p>Classes of the project are found on the class path of the tests. Where {@code afp.yaml} names
 * {@code lake.uri} or {@code serving.uri}, also by {@code AFP_ENV}, no test runs, so that none
 * writes to the tables of others: leave them to an environment, such as {@code prod}.
 *
 * <pre>{@code
 * class ShopTest {
 *   @RegisterExtension static final AfpProject project = AfpProject.copyOf(Path.of(""));
 *
 *   @Test
 *   void salesArePublished() {
 *     assertThat(project.run("shop", "--interval", "2024-01").problems()).isEmpty();
 *     assertThat(project.lake("select * from mart.sales_day")).hasSize(31);
 *   }
 * }
 * }</pre>
 */
public final class AfpProject implements BeforeAllCallback, AfterAllCallback {

  private final Path original;
  private Copy copy;
  private Settings settings;
  private EmbeddedServer postgres;
  private SparkSession main;

  private AfpProject(Path original) {
    this.original = original;
  }

  /**
   * The project in a folder; relative to where tests run, which is the module with Maven. Neither
   * {@code src} and {@code target} nor hidden files are copied.
   */
  public static AfpProject copyOf(Path folder) {
    return new AfpProject(folder.toAbsolutePath().normalize());
  }

  /** The folder of the copy, in which a test may change files. */
  public Path root() {
    return copy.root();
  }

  /**
   * A session to make rows with, one for all tests of the process; it sees no table of a project.
   */
  public static SparkSession spark() {
    return TestSpark.session();
  }

  /**
   * Runs a pipeline with all its layers.
   *
   * @param pipeline its folder
   * @param arguments those of {@code PipelineJob} but {@code --env}, such as {@code --interval
   *     2024-01}
   */
  public Outcome run(String pipeline, String... arguments) {
    if (Stream.of(arguments).anyMatch(word -> word.matches("--env(=.*)?"))) {
      throw new IllegalArgumentException(
          "Cannot run in another environment than that of the tests");
    }
    TestSpark.session();
    List<String> all = new ArrayList<>(List.of("--pipeline", root().resolve(pipeline).toString()));
    all.addAll(List.of(arguments));
    Job job = Job.of("afp-pipeline", Phase.values());
    Reported report = Reported.of(job::run, root(), all);
    if (report.text().isEmpty()) { // it did not get so far
      return new Outcome(report.exitCode(), "usage", List.of("Wrong arguments: " + all));
    }
    return new Outcome(
        report.exitCode(),
        report.json().get("outcome").asText(),
        TestProject.problems(report.json()));
  }

  /** The rows of a query on what is published in the lake. */
  public List<Row> lake(String query) {
    return onMain().sql(query).collectAsList();
  }

  /** The rows of a query on Postgres, in which are the served tables and the ledger. */
  public List<Map<String, Object>> postgres(String query) {
    try (Database database = Database.open(account(), "test")) {
      return database.inTransaction(handle -> handle.createQuery(query).mapToMap().list());
    }
  }

  /** As the jobs of this process load them. */
  private Settings ownSettings() {
    Optional<String> environment = Optional.ofNullable(System.getenv("AFP_ENV"));
    Settings found = Settings.load(new Project(root()), environment, System.getenv());
    if (found.lake().uri().isPresent() || found.serving().uri().isPresent()) {
      throw new IllegalStateException(
          "Cannot test %s: its settings name a database, to which tests would write (environment=%s). Leave lake.uri and serving.uri to an environment that tests do not have, and AFP_ENV unset."
              .formatted(original, environment.orElse("none")));
    }
    return found;
  }

  private SparkSession onMain() {
    if (main == null) {
      main = LakeSession.of(account(), settings, "test").onMain(TestSpark.session());
    }
    return main;
  }

  private Database.Account account() {
    return new EmbeddedPostgres(new Project(root()).home()).live().orElseThrow();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    try {
      copy = Copy.of(original);
      settings = ownSettings();
      postgres = EmbeddedServer.start(new EmbeddedPostgres(new Project(root()).home()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot prepare a copy of " + original, e);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (main != null) {
      LakeSession.close(main);
      main = null;
    }
    if (postgres != null) {
      postgres.close();
    }
    if (copy != null) {
      copy.delete();
    }
  }
}
