package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.testing.TestLake;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Any sequence of writes leaves the rows that a list in memory has. */
class WriteModelPropertyTest {

  private static final TableDef REPLACE = Writing.replaced();
  private static final TableDef APPEND = Writing.table().appendIntervals("day").build();
  private static final TableDef APPEND_AGAIN =
      Writing.table().appendIntervals("day").replaceOnRerun().build();
  private static final TableDef APPEND_ALWAYS = Writing.table().append().build();

  private static TestLake lake;
  private static Writing writing;

  @BeforeContainer
  static void oneBranchForAll() {
    lake = new TestLake();
    writing = new Writing(lake);
  }

  @AfterContainer
  static void close() {
    lake.close();
  }

  /** A write of rows {@code yyyy-MM-dd id} that lie in the months from first to last. */
  record Write(TableDef table, int first, int last, List<String> rows) {

    Optional<Interval> range() {
      return table == APPEND_ALWAYS
          ? Optional.empty()
          : Writing.months("2013-%02d..2013-%02d".formatted(first, last));
    }

    boolean covers(String row) {
      int month = Integer.parseInt(row.substring(5, 7));
      return table != APPEND_ALWAYS && month >= first && month <= last;
    }
  }

  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void aTableHasTheRowsOfTheModel(@ForAll("writes") List<Write> writes) {
    writing.session().sql("DROP TABLE IF EXISTS core.a");
    List<String> model = new ArrayList<>();
    for (Write write : writes) {
      boolean refused = write.table() == APPEND && model.stream().anyMatch(write::covers);
      Throwable failure =
          catchThrowable(
              () ->
                  writing.write(write.table(), write.range(), write.rows().toArray(String[]::new)));
      assertThat(failure == null).as("%s is accepted: %s", write, failure).isEqualTo(!refused);
      if (!refused) {
        model.removeIf(write::covers);
        model.addAll(write.rows());
      }
      Collections.sort(model);
      assertThat(writing.read()).as("after %s", write).isEqualTo(model);
    }
  }

  @Provide
  static Arbitrary<List<Write>> writes() {
    return Arbitraries.of(REPLACE, REPLACE, APPEND, APPEND_AGAIN, APPEND_ALWAYS)
        .flatMap(
            table ->
                Combinators.combine(
                        Arbitraries.integers().between(1, 4), Arbitraries.integers().between(0, 2))
                    .flatAs((first, more) -> write(table, first, first + more)))
        .list()
        .ofMinSize(2)
        .ofMaxSize(4);
  }

  private static Arbitrary<Write> write(TableDef table, int first, int last) {
    return Combinators.combine(
            Arbitraries.integers().between(first, last),
            Arbitraries.integers().between(1, 28),
            Arbitraries.integers().between(1, 3))
        .as((month, day, id) -> "2013-%02d-%02d %d".formatted(month, day, id))
        .list()
        .ofMaxSize(3)
        .map(rows -> new Write(table, first, last, rows));
  }
}
