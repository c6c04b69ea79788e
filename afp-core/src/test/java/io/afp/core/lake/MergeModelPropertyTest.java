package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.TableDef;
import io.afp.core.testing.TestLake;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Whatever batches come in whatever order, with late rows, ties, deletes, repetitions and drivers
 * that die before they publish: after each of them main has the rows that a plain loop over
 * everything given gives.
 *
 * <p>Most batches come after all before them, and some don't, because the two are merged in
 * different ways.
 */
class MergeModelPropertyTest {

  private static final LocalDate FIRST = LocalDate.of(2013, 1, 1);

  private static final Map<String, String> SUMMARY = Map.of("afp.run-id", "r1");

  private static TestLake lake;
  private static SparkSession main;
  private static int tables;

  @BeforeContainer
  static void oneLakeForAll() {
    lake = new TestLake();
    main = lake.onMain();
  }

  @AfterContainer
  static void close() {
    lake.close();
  }

  /**
   * Something said about a key.
   *
   * @param loaded the day of the interval in which it was given
   * @param value may be null
   */
  record Said(int id, int asOf, int loaded, boolean gone, Integer value) {

    private static final Comparator<Integer> NULL_IS_SMALLEST =
        Comparator.nullsFirst(Comparator.naturalOrder());

    /** The documented order of what is said of a key at one time, in a history. */
    static final Comparator<Said> AT_ONE_TIME =
        Comparator.comparing(Said::gone)
            .thenComparing(Said::value, NULL_IS_SMALLEST)
            .thenComparing(Said::loaded);

    /** The documented order in {@code upsert}: columns decide in the order of their names. */
    static final Comparator<Said> NEWEST =
        Comparator.comparing(Said::asOf)
            .thenComparing(Said::gone)
            .thenComparing(Said::loaded)
            .thenComparing(Said::value, NULL_IS_SMALLEST);

    Said loadedOn(int day) {
      return new Said(id, asOf, day, gone, value);
    }

    String text() {
      return "%d %s %s %s".formatted(id, day(asOf), day(loaded), value);
    }
  }

  /** What is given for the days from first to last. */
  record Batch(int first, int last, Death death, List<Said> rows) {

    Batch with(List<Said> others) {
      return new Batch(first, last, death, others);
    }

    /** Whether all of it comes after everything that was said before. */
    boolean isLater(Collection<Said> before) {
      return !rows.isEmpty()
          && before.stream()
              .allMatch(
                  b -> rows.stream().allMatch(r -> b.asOf() < r.asOf()) && b.loaded() < first);
    }

    Optional<Interval> range() {
      Interval days =
          Interval.parse(
              day(first) + ".." + day(last), new IntervalDef(IntervalUnit.DAY, ZoneOffset.UTC));
      return Optional.of(days);
    }

    boolean covers(Said said) {
      return said.loaded() >= first && said.loaded() <= last;
    }
  }

  private static LocalDate day(int number) {
    return FIRST.plusDays(number);
  }

  @Tag("long")
  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void anUpsertedTableHasTheNewestRowOfEachKeyManyTimes(@ForAll("batches") List<Batch> batches) {
    anUpsertedTableHasTheNewestRowOfEachKey(batches);
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF)
  void anUpsertedTableHasTheNewestRowOfEachKey(@ForAll("batches") List<Batch> batches) {
    TableDef table =
        table("upserted").upsert("as_of").byIntervals("loaded").deleteFlag("gone").build();
    List<Said> all = new ArrayList<>();
    for (Batch batch : twice(batches)) {
      write(table, batch, batch.range());
      all.addAll(batch.rows());
      List<String> newest =
          byKey(all).values().stream()
              .map(said -> Collections.max(said, Said.NEWEST))
              .filter(said -> !said.gone())
              .map(Said::text)
              .toList();
      assertThat(read(table, "")).as("after %s", batch).isEqualTo(newest);
    }
  }

  @Tag("long")
  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void aHistoryIsWhatWasSaidInTheIntervalsManyTimes(@ForAll("batches") List<Batch> batches) {
    aHistoryIsWhatWasSaidInTheIntervals(batches);
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF)
  void aHistoryIsWhatWasSaidInTheIntervals(@ForAll("batches") List<Batch> batches) {
    TableDef table =
        table("history").scd2("as_of").byIntervals("loaded").deleteFlag("gone").build();
    List<Boolean> later = new ArrayList<>();
    Set<Said> said = new HashSet<>();
    for (Batch batch : twice(batches)) {
      later.add(!said.isEmpty() && batch.isLater(said));
      write(table, batch, batch.range());
      said.removeIf(batch::covers);
      said.addAll(batch.rows());
      assertThat(read(table, HISTORY)).as("after %s", batch).isEqualTo(history(said));
    }
    assertThat(later).as("batches that come after all before, and others").contains(true, false);
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  @Tag("long")
  void aHistoryWithoutIntervalsIsAllThatWasEverSaid(@ForAll("batches") List<Batch> batches) {
    TableDef table = table("said").scd2("as_of").deleteFlag("gone").build();
    Set<Said> said = new HashSet<>();
    for (Batch batch : twice(batches)) {
      // without an interval the day of loading is a value like any other, so it is one day here
      List<Said> rows = batch.rows().stream().map(s -> s.loadedOn(0)).toList();
      write(table, batch.with(rows), Optional.empty());
      said.addAll(rows);
      assertThat(read(table, HISTORY)).as("after %s", batch).isEqualTo(history(said));
    }
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  @Tag("long")
  void extractsGiveTheSameHistoryInAnyOrder(@ForAll("batches") List<Batch> batches) {
    TableDef table = table("extracted").snapshot("loaded").build();
    Set<Said> said = new HashSet<>();
    for (Batch batch : twice(batches)) {
      List<Said> rows =
          batch.rows().stream()
              .map(s -> new Said(s.id(), 0, s.loaded(), false, s.value()))
              .toList();
      write(table, batch.with(rows), batch.range());
      said.removeIf(batch::covers);
      said.addAll(rows);
      assertThat(read(table, HISTORY)).as("after %s", batch).isEqualTo(extracted(said));
    }
  }

  private static final String HISTORY = ", valid_from, valid_to, is_current";

  /** The first batch is given again at the end: late, and perhaps with nothing new. */
  private static List<Batch> twice(List<Batch> batches) {
    List<Batch> twice = new ArrayList<>(batches);
    twice.add(batches.get(0));
    return twice;
  }

  private static Map<Integer, List<Said>> byKey(Collection<Said> said) {
    return said.stream()
        .collect(Collectors.groupingBy(Said::id, TreeMap::new, Collectors.toList()));
  }

  private static List<String> history(Set<Said> all) {
    List<String> versions = new ArrayList<>();
    byKey(all)
        .values()
        .forEach(
            said -> {
              Map<Integer, Said> byTime = new TreeMap<>();
              said.forEach(
                  s ->
                      byTime.merge(
                          s.asOf(), s, (a, b) -> Said.AT_ONE_TIME.compare(a, b) > 0 ? a : b));
              Said open = null;
              for (Said next : byTime.values()) {
                boolean same =
                    open != null
                        && !next.gone()
                        && java.util.Objects.equals(open.value(), next.value());
                if (open != null && !same) {
                  versions.add(version(open, open.asOf(), next.asOf()));
                }
                open = same ? open : next.gone() ? null : next;
              }
              if (open != null) {
                versions.add(version(open, open.asOf(), null));
              }
            });
    return versions;
  }

  private static List<String> extracted(Set<Said> all) {
    List<Integer> times =
        List.copyOf(all.stream().map(Said::loaded).collect(Collectors.toCollection(TreeSet::new)));
    List<String> versions = new ArrayList<>();
    byKey(all)
        .values()
        .forEach(
            said -> {
              Said open = null;
              for (int time : times) {
                Said now =
                    said.stream()
                        .filter(s -> s.loaded() == time)
                        .max(Said.AT_ONE_TIME)
                        .orElse(null);
                boolean same =
                    open != null
                        && now != null
                        && java.util.Objects.equals(open.value(), now.value());
                if (open != null && !same) {
                  versions.add(version(open, open.loaded(), time));
                }
                open = same ? open : now;
              }
              if (open != null) {
                versions.add(version(open, open.loaded(), null));
              }
            });
    return versions;
  }

  private static String version(Said said, int from, Integer to) {
    return "%s %s %s %s".formatted(said.text(), day(from), to == null ? null : day(to), to == null);
  }

  private static io.afp.core.definition.TableBuilder table(String name) {
    return TableDef.named("core." + name + "_" + ++tables)
        .sql("SELECT 1")
        .column("value", "int")
        .column("id", "int")
        .column("as_of", "date")
        .column("loaded", "date")
        .column("gone", "boolean")
        .partitionBy("bucket(3, id)")
        .key("id");
  }

  private static void write(TableDef table, Batch batch, Optional<Interval> range) {
    List<Row> rows =
        batch.rows().stream()
            .map(
                s ->
                    RowFactory.create(
                        s.value(),
                        s.id(),
                        day(s.asOf()),
                        day(s.loaded()),
                        s.gone() ? Boolean.TRUE : s.id() % 2 == 0 ? null : Boolean.FALSE))
            .toList();
    StructType type =
        new StructType()
            .add("value", DataTypes.IntegerType)
            .add("id", DataTypes.IntegerType)
            .add("as_of", DataTypes.DateType)
            .add("loaded", DataTypes.DateType)
            .add("gone", DataTypes.BooleanType);
    batch.death().publish(lake, new Given(table, rows, type, range));
  }

  /** Rows for a range of a table. */
  record Given(TableDef table, List<Row> rows, StructType type, Optional<Interval> range)
      implements Death.Step {

    @Override
    public void all(SparkSession session) {
      new TableWriter(session, SUMMARY, List.of()).write(table, frame(session), range);
    }

    /** Writes what is kept beside the table, and not the table: that can't be gone on with. */
    @Override
    public void half(SparkSession session) {
      if (writesBeside(session)) {
        assertThatThrownBy(() -> all(session)).hasMessageContaining("AFP-LAKE-008");
      }
    }

    /** Whether that says anything new. */
    private boolean writesBeside(SparkSession session) {
      MergeTarget target =
          new MergeTarget(session, table, new LakeTables(session).ensure(table), SUMMARY);
      String before = target.trail().beside();
      Merging merging = target.merging(new MergeInput(table, frame(session), range));
      merging.changes();
      merging.remember();
      return !target.trail().beside().equals(before);
    }

    private Dataset<Row> frame(SparkSession session) {
      return session.createDataFrame(rows, type);
    }
  }

  private static List<String> read(TableDef table, String more) {
    List<Row> rows =
        main.sql("SELECT id, as_of, loaded, value%s, gone FROM %s".formatted(more, table.name()))
            .collectAsList();
    assertThat(rows).noneMatch(row -> Boolean.TRUE.equals(row.getAs("gone")));
    int columns = more.isEmpty() ? 4 : 7;
    return rows.stream()
        .sorted(
            Comparator.<Row>comparingInt(row -> row.getInt(0))
                .thenComparing(row -> columns == 4 ? FIRST : row.getLocalDate(4)))
        .map(
            row -> {
              List<String> texts = new ArrayList<>();
              for (int i = 0; i < columns; i++) {
                texts.add(String.valueOf(row.get(i)));
              }
              return String.join(" ", texts);
            })
        .toList();
  }

  /** The second and the last come after all before; the third may say nothing. */
  @Provide
  static Arbitrary<List<Batch>> batches() {
    return Combinators.combine(
            batch(1, 0, 1, said(1, 5)),
            batch(1, 4, 5, said(6, 9)),
            batch(0, 0, 7, said(0, 9)),
            batch(1, 8, 9, said(10, 13)))
        .as(List::of);
  }

  /** At least so many rows of days between these. */
  private static Arbitrary<Batch> batch(int rows, int earliest, int latest, Arbitrary<Said> said) {
    return Combinators.combine(
            Arbitraries.integers().between(earliest, latest),
            Arbitraries.integers().between(earliest, latest),
            Arbitraries.oneOf(Arbitraries.just(Death.NONE), Arbitraries.of(Death.class)),
            said.list().ofMinSize(rows).ofMaxSize(25))
        .as(
            (one, other, death, all) -> {
              int first = Math.min(one, other);
              int days = Math.abs(one - other) + 1;
              return new Batch(
                  first,
                  first + days - 1,
                  death,
                  all.stream().map(s -> s.loadedOn(first + s.loaded() % days)).toList());
            });
  }

  /** With a time between these, loaded on any day. */
  private static Arbitrary<Said> said(int from, int to) {
    return Combinators.combine(
            Arbitraries.integers().between(1, 9),
            Arbitraries.integers().between(from, to),
            Arbitraries.integers().between(0, 9),
            Arbitraries.integers().between(0, 3).map(n -> n == 0),
            Arbitraries.integers().between(1, 2).injectNull(0.2))
        .as(Said::new);
  }
}
