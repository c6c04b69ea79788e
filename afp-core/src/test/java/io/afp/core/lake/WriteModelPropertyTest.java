package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.testing.TestLake;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
import org.apache.spark.sql.SparkSession;

/**
 * Any sequence of writes, with repetitions and with drivers that die before they publish: after
 * each of them main has the rows that a list in memory has. The list knows nothing of deaths: rows
 * are there once, however often they were written on branches.
 */
class WriteModelPropertyTest {

  private static final TableDef REPLACE = Writing.replaced();
  private static final TableDef APPEND = Writing.table().appendIntervals("day").build();
  private static final TableDef APPEND_AGAIN =
      Writing.table().appendIntervals("day").replaceOnRerun().build();
  private static final TableDef APPEND_ALWAYS = Writing.table().append().build();

  private static TestLake lake;
  private static Writing main;

  @BeforeContainer
  static void oneLakeForAll() {
    lake = new TestLake();
    main = new Writing(lake.onMain());
  }

  @AfterContainer
  static void close() {
    lake.close();
  }

  /** A write of rows {@code yyyy-MM-dd id} that lie in the months from first to last. */
  record Write(TableDef table, Death death, int first, int last, List<String> rows)
      implements Death.Step {

    boolean hasIntervals() {
      return table != APPEND_ALWAYS;
    }

    boolean covers(String row) {
      int month = Integer.parseInt(row.substring(5, 7));
      return hasIntervals() && month >= first && month <= last;
    }

    boolean isRefusedWith(List<String> there) {
      return table == APPEND && there.stream().anyMatch(this::covers);
    }

    @Override
    public void all(SparkSession session) {
      Optional<Interval> range =
          hasIntervals()
              ? Writing.months("2013-%02d..2013-%02d".formatted(first, last))
              : Optional.empty();
      new Writing(session).write(table, range, rows.toArray(String[]::new));
    }

    /** The first of its months, or of its rows. */
    @Override
    public void half(SparkSession session) {
      Write month = new Write(table, death, first, first, List.of());
      List<String> some =
          hasIntervals()
              ? rows.stream().filter(month::covers).toList()
              : rows.subList(0, (rows.size() + 1) / 2);
      new Write(table, death, first, first, some).all(session);
    }
  }

  @Tag("long")
  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void aTableHasTheRowsOfTheModelManyTimes(@ForAll("writes") List<Write> writes) {
    aTableHasTheRowsOfTheModel(writes);
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void aTableHasTheRowsOfTheModel(@ForAll("writes") List<Write> writes) {
    lake.publish("DROP TABLE IF EXISTS core.a");
    List<String> model = new ArrayList<>();
    for (Write write : writes) {
      if (write.isRefusedWith(model)) {
        assertRefused(write);
      } else {
        write.death().publish(lake, write);
        model.removeIf(write::covers);
        model.addAll(write.rows());
      }
      Collections.sort(model);
      assertThat(main.read()).as("after %s", write).isEqualTo(model);
    }
  }

  private static void assertRefused(Write write) {
    String branch = lake.newBranch();
    assertThatThrownBy(() -> write.all(lake.on(branch)))
        .as("%s", write)
        .hasMessageContaining("AFP-LAKE-005");
    Death.discard(lake, branch);
  }

  /** Each mode and each death once, in any order, and then the first again. */
  @Provide
  static Arbitrary<List<Write>> writes() {
    return Combinators.combine(
            Arbitraries.shuffle(REPLACE, APPEND, APPEND_AGAIN, APPEND_ALWAYS),
            Arbitraries.shuffle(Death.values()))
        .flatAs(
            (tables, deaths) ->
                Combinators.combine(
                        IntStream.range(0, deaths.size())
                            .mapToObj(i -> write(tables.get(i), deaths.get(i)))
                            .toList())
                    .as(WriteModelPropertyTest::andTheFirstAgain));
  }

  private static List<Write> andTheFirstAgain(List<Write> writes) {
    List<Write> all = new ArrayList<>(writes);
    all.add(writes.get(0));
    return all;
  }

  private static Arbitrary<Write> write(TableDef table, Death death) {
    return Combinators.combine(
            Arbitraries.integers().between(1, 4), Arbitraries.integers().between(0, 2))
        .flatAs(
            (first, more) ->
                rows(first, first + more)
                    .map(rows -> new Write(table, death, first, first + more, rows)));
  }

  private static Arbitrary<List<String>> rows(int first, int last) {
    return Combinators.combine(
            Arbitraries.integers().between(first, last),
            Arbitraries.integers().between(1, 28),
            Arbitraries.integers().between(1, 3))
        .as((month, day, id) -> "2013-%02d-%02d %d".formatted(month, day, id))
        .list()
        .ofMaxSize(3);
  }
}
