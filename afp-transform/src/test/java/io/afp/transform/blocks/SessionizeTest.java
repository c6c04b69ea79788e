package io.afp.transform.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

class SessionizeTest {

  private static final String SCHEMA = "who string, at timestamp_ntz, page int";
  private static final LocalDateTime START = LocalDateTime.of(2024, 3, 10, 1, 0);
  private static final Duration GAP = Duration.ofMinutes(30);
  private static final Sessionize SESSIONS = Sessionize.by("who").at("at").gap(GAP);

  @Property(tries = 10, shrinking = ShrinkingMode.OFF)
  void numbersAreThoseOfALoop(@ForAll("rows") List<Row> rows, @ForAll int seed) {
    Dataset<Row> found = SESSIONS.of(Given.rows(SCHEMA, rows, seed));
    assertThat(found.columns()).containsExactly("who", "at", "page", "session", "session_id");
    assertThat(Given.texts(found.drop("session_id"))).isEqualTo(Given.texts(expected(rows)));
    assertOneIdForEachSession(found.where("session is not null").collectAsList());
    assertThat(found.where("session is null and session_id is not null").count()).isZero();
  }

  private static List<Row> expected(List<Row> rows) {
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(
        Comparator.comparing(
            row -> row.<LocalDateTime>getAs(1), Comparator.nullsFirst(Comparator.naturalOrder())));
    Map<String, LocalDateTime> last = new HashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    List<Row> expected = new ArrayList<>();
    for (Row row : sorted) {
      Long number = null;
      if (!row.isNullAt(0) && !row.isNullAt(1)) {
        String who = row.getString(0);
        LocalDateTime at = row.getAs(1);
        LocalDateTime before = last.put(who, at);
        boolean starts = before == null || Duration.between(before, at).compareTo(GAP) > 0;
        number = numbers.merge(who, starts ? 1L : 0L, Long::sum);
      }
      expected.add(RowFactory.create(row.get(0), row.get(1), row.get(2), number));
    }
    return expected;
  }

  private static void assertOneIdForEachSession(List<Row> rows) {
    Map<String, String> ids = new HashMap<>();
    for (Row row : rows) {
      String session = row.getString(0) + " " + row.getLong(3);
      String other = ids.putIfAbsent(session, row.getString(4));
      assertThat(other == null ? row.getString(4) : other).isEqualTo(row.getString(4));
    }
    assertThat(ids.values()).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{32}"));
  }

  @Provide
  Arbitrary<List<Row>> rows() {
    Arbitrary<String> who = Arbitraries.of("ada", "bob", "").injectNull(0.1);
    Arbitrary<LocalDateTime> at =
        Arbitraries.integers().between(0, 60).map(i -> START.plusMinutes(i * 10L)).injectNull(0.1);
    return Combinators.combine(who, at, Arbitraries.integers().between(0, 2))
        .as((w, a, p) -> RowFactory.create(w, a, p))
        .list()
        .ofMinSize(0)
        .ofMaxSize(60);
  }

  @Example
  void anIdStaysWhenOtherRowsAreAdded() {
    Row first = RowFactory.create("ada", START, 1);
    Row inside = RowFactory.create("ada", START.plusMinutes(30), 2);
    Row earlier = RowFactory.create("ada", START.minusHours(2), 3);
    Row other = RowFactory.create("bob", START, 4);
    String alone = id(List.of(first));
    assertThat(id(List.of(first, inside, earlier, other))).isEqualTo(alone);
    Dataset<Row> row =
        Given.rows("who string, at timestamp_ntz", List.of(RowFactory.create("ada", START)), 1);
    assertThat(row.select(SurrogateKey.of(row.schema(), "who", "at")).first().getString(0))
        .isEqualTo(alone);
  }

  private static String id(List<Row> rows) {
    return SESSIONS.of(Given.rows(SCHEMA, rows, 1)).where("page = 1").first().getAs("session_id");
  }

  @Example
  void theColumnsMayHaveOtherNames() {
    Dataset<Row> days = Given.session().sql("select 1 as who, date'2024-01-01' as at");
    Sessionize weeks = Sessionize.by("who").at("at").gap(Duration.ofDays(7)).as("trip", "trip_id");
    assertThat(weeks.of(days).columns()).containsExactly("who", "at", "trip", "trip_id");
  }

  @Example
  void whatCanNotBeDoneIsSaid() {
    Dataset<Row> rows = Given.rows(SCHEMA, List.of(), 1);
    assertThatThrownBy(() -> Sessionize.by("who").at("page").gap(GAP).of(rows))
        .hasMessageStartingWith("Cannot measure time by column page");
    assertThatThrownBy(() -> SESSIONS.as("page", "id").of(rows))
        .hasMessageContaining("(columns=page)");
    assertThatThrownBy(() -> Sessionize.by("whom").at("at").gap(GAP).of(rows))
        .hasMessageContaining("Cannot use column whom");
  }
}
