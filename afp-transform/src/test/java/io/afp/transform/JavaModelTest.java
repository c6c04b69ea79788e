package io.afp.transform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.upper;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afp.core.definition.Interval;
import io.afp.core.job.Upkeep;
import io.afp.core.ledger.Phase;
import io.afp.core.spi.Model;
import io.afp.core.spi.ModelContext;
import io.afp.core.testing.TestProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that fill tables, through the job itself. */
class JavaModelTest {

  private static final String COLUMNS =
      """
      columns:
        id:   { type: int }
        name: { type: string }
      """;

  @TempDir static Path root;

  private static TestProject project;
  private static CompiledModels compiled;

  @BeforeAll
  static void open() {
    project = new TestProject(root, "interval: { unit: month, zone: America/New_York }");
    compiled = new CompiledModels(root.resolve("jar"));
    project
        .lake()
        .publish(
            "create namespace src",
            "create table src.t as select * from values (1, 'a'), (2, 'b') t(id, name)",
            "create table src.other as select 7 as id",
            "create view src.v as select id, name from src.t where id = 1");
  }

  @AfterAll
  static void close() {
    project.close();
  }

  @BeforeEach
  void noTable() throws IOException {
    Path tables = root.resolve("p/tables/core");
    Files.createDirectories(tables);
    try (Stream<Path> files = Files.list(tables)) {
      files.forEach(file -> file.toFile().delete());
    }
  }

  /** Upper case. */
  public static final class Upper implements Model {
    @Override
    public Set<String> reads() {
      return Set.of("core.first");
    }

    @Override
    public Dataset<Row> rows(ModelContext context) {
      return context.table("core.first").select(col("id"), upper(col("name")).as("name"));
    }
  }

  @Test
  void aClassIsFilledBehindTheTablesThatItReads() {
    project.model("core.first", COLUMNS, "select id, name from src.t");
    model("core.m", Upper.class, COLUMNS + "key: [id]\nchecks: [ { rows: { min: 2 } } ]\n");
    assertPublished(run());
    assertThat(project.lake("select * from core.m")).containsExactly("1 A", "2 B");
    assertThat(read("core.m")).containsExactly("core.first");
    assertThat(run().get("outcome").asText()).isEqualTo("nothing_to_do");
  }

  /** The bounds, each in two ways. */
  public static final class Bounds implements Model {
    @Override
    public Set<String> reads() {
      return Set.of();
    }

    @Override
    public Dataset<Row> rows(ModelContext context) {
      Interval.Bounds bounds = context.bounds();
      return context
          .session()
          .range(1)
          .select(
              lit(bounds.start()).as("at"),
              lit(bounds.end()).cast("string").as("e"),
              lit(context.interval().orElseThrow().label()).as("label"));
    }
  }

  @Test
  void theBoundsOfTheIntervalHaveTheTypeOfTheIntervalColumn() {
    for (String type : List.of("date", "timestamp", "timestamp_ntz")) {
      model(
          "core.by_" + type,
          Bounds.class,
          """
          columns: { at: { type: %s }, e: { type: string }, label: { type: string } }
          write: { mode: append, interval_column: at }
          """
              .formatted(type));
    }
    assertPublished(run());
    assertThat(project.lake("select cast(at as string), e, label from core.by_date"))
        .containsExactly("2024-03-01 2024-04-01 2024-03");
    assertThat(project.lake("select cast(at as string), e, label from core.by_timestamp"))
        .as("midnight in New York, in winter and in summer")
        .containsExactly("2024-03-01 05:00:00 2024-04-01 04:00:00 2024-03");
    assertThat(project.lake("select cast(at as string), e, label from core.by_timestamp_ntz"))
        .containsExactly("2024-03-01 00:00:00 2024-04-01 00:00:00 2024-03");
  }

  @Test
  void withoutAnIntervalThereAreNoBounds() {
    model("core.m", Bounds.class, COLUMNS);
    assertFails(run(), "AFP-DEF-010", "Cannot give the bounds of an interval to model");
  }

  /** Asks for what it does not name. */
  public static final class Asking implements Model {
    @Override
    public Set<String> reads() {
      return Set.of("src.t");
    }

    @Override
    public Dataset<Row> rows(ModelContext context) {
      return context.table("src.other").select(col("id"), lit("x").as("name"));
    }
  }

  /** Gets what it does not name, past the context. */
  public static final class Sneaking implements Model {
    @Override
    public Set<String> reads() {
      return Set.of("src.t");
    }

    @Override
    public Dataset<Row> rows(ModelContext context) {
      return context
          .session()
          .sql("select id, name from src.t where id in (select id from src.other)");
    }
  }

  @Test
  void aTableThatIsNotNamedIsRefusedHoweverItIsRead() {
    for (Class<?> model : List.of(Asking.class, Sneaking.class)) {
      model("core.m", model, COLUMNS);
      assertFails(
          run(), "AFP-TRF-006", "it reads table src.other and does not name it (named=[src.t])");
    }
  }

  /** Reads a view. */
  public static final class OfView implements Model {
    @Override
    public Set<String> reads() {
      return Set.of("src.v");
    }

    @Override
    public Dataset<Row> rows(ModelContext context) {
      return context.table("src.v");
    }
  }

  @Test
  void tablesBelowAViewNeedNoNameAndMustHoldToo() {
    model("core.n", OfView.class, COLUMNS);
    assertPublished(run());
    assertThat(read("core.n")).containsExactly("src.t", "src.v");
  }

  /** Names a table that is nowhere. */
  public static final class Lost implements Model {
    @Override
    public Set<String> reads() {
      return Set.of("src.tt");
    }

    @Override
    public Dataset<Row> rows(ModelContext context) {
      throw new IllegalStateException("never asked");
    }
  }

  @Test
  void anUnknownTableIsReportedBeforeAnythingRuns() {
    model("core.m", Lost.class, COLUMNS);
    JsonNode report = run();
    assertFails(report, "AFP-DEF-008", "Cannot find table src.tt, which model io.afp.transform");
    assertThat(report.toString()).contains("the nearest is src.t.");
  }

  @Test
  void aQueryAndAClassThatReadEachOtherAreACircle() {
    project.model("core.first", COLUMNS, "select id, name from core.m");
    model("core.m", Upper.class, COLUMNS);
    assertThat(TestProject.problems(run()).toString())
        .contains("AFP-DEF-009")
        .contains("core.first -> core.m -> core.first");
  }

  @Test
  void theOutputMustBeTheDeclaredColumns() {
    project.model("core.first", COLUMNS, "select id, name from src.t");
    model("core.m", Upper.class, "columns: { id: { type: long }, label: { type: string } }\n");
    JsonNode report = run();
    assertFails(report, "AFP-TRF-003", "label is declared but not selected");
    assertFails(report, "AFP-TRF-003", "id is declared as long and selected as int");
  }

  /** Gives a month that was not asked for. */
  public static final class EveryMonth implements Model {
    @Override
    public Set<String> reads() {
      return Set.of();
    }

    @Override
    public Dataset<Row> rows(ModelContext context) {
      return context.session().sql("select date'2023-01-05' as at");
    }
  }

  @Test
  void rowsOutsideTheIntervalFailTheRun() {
    model(
        "core.outside",
        EveryMonth.class,
        "columns: { at: { type: date } }\nwrite: { mode: append, interval_column: at }\n");
    assertThat(TestProject.problems(run()).toString()).contains("AFP-TRF-004");
  }

  /** Knows a column that is not there. */
  public static final class Misspelt implements Model {
    @Override
    public Set<String> reads() {
      return Set.of("src.t");
    }

    @Override
    public Dataset<Row> rows(ModelContext context) {
      return context.table("src.t").select("id", "nmae");
    }
  }

  @Test
  void aColumnThatIsNotThereIsReportedAtTheModel() {
    model("core.m", Misspelt.class, COLUMNS);
    assertFails(run(), "AFP-TRF-002", "nmae");
  }

  /** Fails. */
  public static final class Failing implements Model {
    @Override
    public Set<String> reads() {
      return Set.of();
    }

    @Override
    public Dataset<Row> rows(ModelContext context) throws Exception {
      throw new Exception("nobody knows why");
    }
  }

  /** Gives nothing. */
  public static final class Null implements Model {
    @Override
    public Set<String> reads() {
      return Set.of();
    }

    @Override
    public Dataset<Row> rows(ModelContext context) {
      return null;
    }
  }

  /** Can't be made. */
  public static final class Unmade implements Model {
    public Unmade() {
      throw new IllegalStateException("no luck");
    }

    @Override
    public Set<String> reads() {
      return Set.of();
    }

    @Override
    public Dataset<Row> rows(ModelContext context) {
      return null;
    }
  }

  /** Can't be made either. */
  public static final class Hidden implements Model {
    private final String name;

    public Hidden(String name) {
      this.name = name;
    }

    @Override
    public Set<String> reads() {
      return Set.of(name);
    }

    @Override
    public Dataset<Row> rows(ModelContext context) {
      return null;
    }
  }

  /** Says it reads what can't be. */
  public static final class Nameless implements Model {
    @Override
    public Set<String> reads() {
      return Set.of("flights");
    }

    @Override
    public Dataset<Row> rows(ModelContext context) {
      return null;
    }
  }

  @Test
  void aClassThatCanNotBeUsedSaysWhy() {
    assertUnusable("com.acme.Sessions", "it is not on the class path of the driver");
    assertUnusable("java.lang.String", "it does not implement io.afp.core.spi.Model");
    assertUnusable(Hidden.class.getName(), "it has no constructor that can be called");
    assertUnusable(Model.class.getName(), "it has no constructor that can be called");
    assertUnusable(
        Unmade.class.getName(),
        "its constructor failed (java.lang.IllegalStateException: no luck)");
    assertUnusable(
        Nameless.class.getName(),
        "reads() gave the name of no table: 'flights' is not namespace.name");
    assertUnusable(Null.class.getName(), "it gave null instead of rows");
    assertUnusable(Failing.class.getName(), "it failed (java.lang.Exception: nobody knows why)");
  }

  private void assertUnusable(String model, String why) {
    project.table("core.m", "model: " + model + "\n" + COLUMNS);
    JsonNode report = run();
    assertFails(report, "AFP-TRF-005", why);
    assertThat(report.toString()).contains("model " + model);
    assertThat(report.get("exit").asInt()).isEqualTo(78);
  }

  @Test
  void aClassThatWasBuiltAgainstAnotherVersionSaysWhatIsMissing() {
    project.table("core.m", "model: acme.Old\n" + COLUMNS);
    compiled.compile(
        "Old",
        """
        public class Old implements Model {
          public Set<String> reads() { return Set.of("src.t"); }
          public Dataset<Row> rows(ModelContext context) {
            return context.table(Library.name());
          }
        }
        class Library {
          static String name() { return "src.t"; }
        }
        """);
    compiled.compile("Library", "class Library {}");
    JsonNode report = compiled.with(this::run);
    assertFails(report, "AFP-TRF-005", "it can't be linked (java.lang.NoSuchMethodError: ");
    assertThat(report.toString()).contains("acme.Library.name()");
  }

  @Test
  void aClassThatDoesSomethingElseIsDoneAgainAndOneThatOnlyLooksOtherIsNot() {
    project.table("core.letters", "model: acme.Letters\n" + COLUMNS);
    String source =
        """
        public class Letters implements Model {
          public Set<String> reads() { return Set.of("src.t"); }
          public Dataset<Row> rows(ModelContext context) {
            return context.table("src.t").select(col("id"), new Name().column());
          }
          static class Name {
            Column column() { return col("name"); }
          }
        }
        """;
    compiled.compile("Letters", source);
    assertPublished(compiled.with(this::run));
    assertThat(project.lake("select * from core.letters")).containsExactly("1 a", "2 b");

    compiled.compile("Letters", "// The same.\n\n" + source);
    assertThat(compiled.with(this::run).get("outcome").asText()).isEqualTo("nothing_to_do");

    compiled.compile(
        "Letters", source.replace("col(\"name\")", "upper(col(\"name\")).as(\"name\")"));
    assertThat(compiled.with(this::plan).toString()).contains("acme.Letters changed");
    assertPublished(compiled.with(this::run));
    assertThat(project.lake("select * from core.letters")).containsExactly("1 A", "2 B");
  }

  private static void model(String name, Class<?> type, String yaml) {
    project.table(name, "model: " + type.getName() + "\n" + yaml);
  }

  private JsonNode run() {
    return project.run(List.of(Phase.TRANSFORM), "--interval", "2024-03");
  }

  private JsonNode plan() {
    try {
      Path report = Files.createTempFile("afp-plan", ".json");
      String[] arguments = {
        "plan",
        "--interval",
        "2024-03",
        "--report",
        report.toString(),
        "--project",
        root.toString(),
        "--pipeline",
        root.resolve("p").toString()
      };
      assertThat(Upkeep.run(arguments)).isZero();
      return new ObjectMapper().readTree(report.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> read(String table) {
    return project.ledger(
        """
        select distinct table_namespace || '.' || table_name from afp.step_table
         where access = 'read' and step like '%%%s' order by 1
        """
            .formatted(table));
  }

  private static void assertPublished(JsonNode report) {
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
  }

  private static void assertFails(JsonNode report, String code, String message) {
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .startsWith(code)
        .contains(message)
        .endsWith(" at p/tables/core/m.yaml:1");
  }
}
