package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

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
 */
class MergeModelPropertyTest {

  private static final LocalDate FIRST = LocalDate.of(2013, 1, 1);

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
  record Said(int id, int asOf, int loaded, boolean gone, Integer value)
      implements Comparable<Said> {

    /** The documented order of what is said of a key at one time. */
    static final Comparator<Said> AT_ONE_TIME =
        Comparator.comparing(Said::gone)
            .thenComparing(Said::value, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Said::loaded);

    static final Comparator<Said> NEWEST =
        Comparator.comparing(Said::asOf).thenComparing(AT_ONE_TIME);

    @Override
    public int compareTo(Said other) {
      return Comparator.comparing(Said::id).thenComparing(NEWEST).compare(this, other);
    }

    String text() {
      return "%d %s %s %s".formatted(id, day(asOf), day(loaded), value);
    }
  }

  /**
   * What is given for the days from first to last.
   *
   * @param dies whether a first driver writes it and ends before it publishes
   */
  record Batch(int first, int last, boolean dies, List<Said> rows) {

    Batch with(List<Said> others) {
      return new Batch(first, last, dies, others);
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

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
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

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void aHistoryIsWhatWasSaidInTheIntervals(@ForAll("batches") List<Batch> batches) {
    TableDef table =
        table("history").scd2("as_of").byIntervals("loaded").deleteFlag("gone").build();
    Set<Said> said = new HashSet<>();
    for (Batch batch : twice(batches)) {
      write(table, batch, batch.range());
      said.removeIf(batch::covers);
      said.addAll(batch.rows());
      assertThat(read(table, HISTORY)).as("after %s", batch).isEqualTo(history(said));
    }
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void aHistoryWithoutIntervalsIsAllThatWasEverSaid(@ForAll("batches") List<Batch> batches) {
    TableDef table = table("said").scd2("as_of").deleteFlag("gone").build();
    Set<Said> said = new HashSet<>();
    for (Batch batch : twice(batches)) {
      // without an interval the day of loading is a value like any other, so it is one day here
      List<Said> rows =
          batch.rows().stream()
              .map(s -> new Said(s.id(), s.asOf(), 0, s.gone(), s.value()))
              .toList();
      write(table, batch.with(rows), Optional.empty());
      said.addAll(rows);
      assertThat(read(table, HISTORY)).as("after %s", batch).isEqualTo(history(said));
    }
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
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
    if (batch.dies()) {
      String dead = lake.newBranch();
      write(dead, table, rows, type, range);
      lake.branches().fence(dead);
      lake.branches().discard(dead);
    }
    String branch = lake.newBranch();
    write(branch, table, rows, type, range);
    lake.publishBranch(branch);
  }

  private static void write(
      String branch, TableDef table, List<Row> rows, StructType type, Optional<Interval> range) {
    SparkSession session = lake.on(branch);
    Dataset<Row> given = session.createDataFrame(rows, type);
    new TableWriter(session, Map.of("afp.run-id", "r1"), List.of()).write(table, given, range);
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

  @Provide
  static Arbitrary<List<Batch>> batches() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 5), Arbitraries.integers().between(0, 3))
        .flatAs((first, more) -> batch(first, first + more))
        .list()
        .ofMinSize(3)
        .ofMaxSize(3);
  }

  private static Arbitrary<Batch> batch(int first, int last) {
    return Combinators.combine(
            Arbitraries.integers().between(1, 9),
            Arbitraries.integers().between(0, 6),
            Arbitraries.integers().between(first, last),
            Arbitraries.integers().between(0, 3).map(n -> n == 0),
            Arbitraries.integers().between(1, 2).injectNull(0.2))
        .as(Said::new)
        .list()
        .ofMaxSize(25)
        .flatMap(
            rows -> Arbitraries.of(true, false, false).map(d -> new Batch(first, last, d, rows)));
  }
}
