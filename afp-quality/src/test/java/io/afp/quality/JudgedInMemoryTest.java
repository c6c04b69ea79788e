package io.afp.quality;

import static io.afp.core.definition.CheckBuilder.between;
import static io.afp.core.definition.CheckBuilder.key;
import static io.afp.core.definition.CheckBuilder.length;
import static io.afp.core.definition.CheckBuilder.matches;
import static io.afp.core.definition.CheckBuilder.rowsBetween;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.CheckBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Verdict;
import io.afp.core.testing.TestLake;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** The verdicts are those of a plain loop over the rows. */
class JudgedInMemoryTest {

  private static final StructType SCHEMA = StructType.fromDDL("id int, name string, flag boolean");
  private static final List<String> EXPRESSIONS =
      List.of(
          "a+", "|b", "[^a]*", "(?i)AB?", "a.b", ".", "\\w{2}", "é|\\x{1F600}", "a$", "(?s).*\\n");

  private static TestLake lake;
  private static QualityFixture quality;

  @BeforeContainer
  static void open() {
    lake = new TestLake();
    quality = new QualityFixture(lake);
  }

  @AfterContainer
  static void close() {
    lake.close();
  }

  /** A row of the table; every field may be null. */
  record Line(Integer id, String name, Boolean flag) {
    Row row() {
      return RowFactory.create(id, name, flag);
    }
  }

  /** What the rules of a table are made of. */
  record Rules(String regex, int min, int max, int percent) {

    CheckBuilder with(CheckBuilder check, String name) {
      return check.named(name).atLeast(percent + "%");
    }

    TableDef table() {
      return TableDef.named("core.t")
          .sql("select 1")
          .column(
              "id",
              "int",
              c ->
                  c.check(with(between("" + min, "" + max), "within"))
                      .check(with(between("" + min, "" + max), "within_flag").where("flag")))
          .column(
              "name",
              "string",
              c ->
                  c.check(with(matches(regex), "like"))
                      .check(with(matches(regex), "like_flag").where("flag"))
                      .check(with(length(min, max), "long"))
                      .check(with(length(min, max), "long_flag").where("flag and id > 1"))
                      .check(with(CheckBuilder.required(), "given").where("id > 1")))
          .column("flag", "boolean")
          .check(with(key("id"), "single").where("flag"))
          .check(rowsBetween(min, max).named("number").where("flag"))
          .build();
    }
  }

  @Tag("long")
  @Property(tries = 24, shrinking = ShrinkingMode.OFF)
  void measuredOrScannedManyTimes(@ForAll("lines") List<Line> lines, @ForAll("rules") Rules rules) {
    measuredOrScanned(lines, rules);
  }

  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void measuredOrScanned(@ForAll("lines") List<Line> lines, @ForAll("rules") Rules rules) {
    TableDef table = rules.table();
    Dataset<Row> rows =
        quality.session().createDataFrame(lines.stream().map(Line::row).toList(), SCHEMA);
    quality.anew().write(table, rows.repartition(2).cache());

    Predicate<Line> flagged = line -> Boolean.TRUE.equals(line.flag());
    Predicate<Line> late = line -> line.id() != null && line.id() > 1;
    Predicate<Line> hasId = line -> line.id() != null;
    Predicate<Line> hasName = line -> line.name() != null;
    Predicate<Line> within = line -> rules.min() <= line.id() && line.id() <= rules.max();
    Pattern regex = Pattern.compile(rules.regex());
    Predicate<Line> like = line -> regex.matcher(line.name()).matches();
    Predicate<Line> longs =
        line -> {
          int length = line.name().codePointCount(0, line.name().length());
          return rules.min() <= length && length <= rules.max();
        };
    Predicate<Line> single =
        line ->
            hasId.test(line)
                && lines.stream().filter(flagged).filter(o -> line.id().equals(o.id())).count()
                    == 1;
    for (List<Verdict> verdicts : List.of(quality.judge(table), quality.judgeByScan(table))) {
      Loop loop = new Loop(lines, verdicts, rules.percent());
      loop.agrees("within", hasId, within);
      loop.agrees("within_flag", flagged.and(hasId), within);
      loop.agrees("like", hasName, like);
      loop.agrees("like_flag", flagged.and(hasName), like);
      loop.agrees("long", hasName, longs);
      loop.agrees("long_flag", flagged.and(late).and(hasName), longs);
      loop.agrees("given", late, hasName);
      loop.agrees("single", flagged, single);
      loop.agreesOnNumber("number", flagged, rules);
    }
  }

  /** The plain evaluation. */
  private record Loop(List<Line> lines, List<Verdict> verdicts, int percent) {

    void agrees(String check, Predicate<Line> judged, Predicate<Line> holds) {
      long all = lines.stream().filter(judged).count();
      long good = lines.stream().filter(judged).filter(holds).count();
      Verdict verdict = verdict(check);
      assertThat(List.of(verdict.rowsJudged(), verdict.rowsFailed()))
          .as("%s: judged and failed rows of %s", verdict.message(), lines)
          .isEqualTo(List.of(all, all - good));
      boolean passes = good * 100 >= all * percent;
      assertThat(verdict.status())
          .as("%s with %d %% of %s", check, percent, lines)
          .isEqualTo(status(all, passes));
      assertThat(verdict.samples().isEmpty()).as("samples of " + check).isEqualTo(passes);
    }

    private static Verdict.Status status(long judged, boolean passes) {
      if (judged == 0) {
        return Verdict.Status.SKIPPED;
      }
      return passes ? Verdict.Status.PASSED : Verdict.Status.FAILED;
    }

    void agreesOnNumber(String check, Predicate<Line> judged, Rules rules) {
      long rows = lines.stream().filter(judged).count();
      boolean passes = rows >= rules.min() && rows <= rules.max();
      assertThat(verdict(check).status())
          .isEqualTo(passes ? Verdict.Status.PASSED : Verdict.Status.FAILED);
    }

    private Verdict verdict(String check) {
      return verdicts.stream()
          .filter(v -> v.check().name().equals(check))
          .findFirst()
          .orElseThrow();
    }
  }

  @Provide
  Arbitrary<List<Line>> lines() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 4).injectNull(0.2),
            Arbitraries.of("", "a", "aa", "ab", "AB", "a\nb", "a\n", "é", "\ud83d\ude00", "bab")
                .injectNull(0.2),
            Arbitraries.of(true, false).injectNull(0.2))
        .as(Line::new)
        .list()
        .ofMaxSize(12);
  }

  /** Shares that few rows reach exactly. */
  @Provide
  Arbitrary<Rules> rules() {
    return Combinators.combine(
            Arbitraries.of(EXPRESSIONS),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 2),
            Arbitraries.of(0, 20, 25, 40, 50, 60, 75, 80, 100))
        .as((regex, min, more, percent) -> new Rules(regex, min, min + more, percent));
  }
}
