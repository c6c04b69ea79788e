package io.afp.transform.blocks;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class DeduplicateTest {

  private static final String SCHEMA = "id int, at int, name string, weight double";

  /** The documented order: newest first, then all columns, ascending, nulls first. */
  private static final Comparator<Row> NEWEST =
      Comparator.comparing(
              (Row row) -> row.<Integer>getAs(1), DeduplicateTest.<Integer>nulls().reversed())
          .thenComparing(row -> row.<String>getAs(2), nulls())
          .thenComparing(row -> row.<Double>getAs(3), nulls());

  private static <T extends Comparable<T>> Comparator<T> nulls() {
    return Comparator.nullsFirst(Comparator.naturalOrder());
  }

  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void keepsTheFirstRowOfEachKeyHoweverTheyArrive(
      @ForAll("rows") List<Row> rows, @ForAll int seed) {
    Map<Integer, Row> first = new HashMap<>();
    rows.forEach(
        row ->
            first.merge(
                row.isNullAt(0) ? -1 : row.getInt(0),
                row,
                (a, b) -> NEWEST.compare(a, b) <= 0 ? a : b));
    Dataset<Row> given = Given.rows(SCHEMA, rows, seed);
    assertThat(Given.texts(Deduplicate.by("id").first(col("at").desc()).of(given)))
        .isEqualTo(Given.texts(List.copyOf(first.values())));
  }

  @Provide
  Arbitrary<List<Row>> rows() {
    Arbitrary<Integer> id = Arbitraries.integers().between(0, 5).injectNull(0.1);
    Arbitrary<Integer> at = Arbitraries.integers().between(0, 3).injectNull(0.1);
    Arbitrary<String> name = Arbitraries.of("", "a", "b").injectNull(0.1);
    Arbitrary<Double> weight = Arbitraries.of(0.0, -0.0, 1.5, Double.NaN).injectNull(0.1);
    return Combinators.combine(id, at, name, weight)
        .as((i, a, n, w) -> RowFactory.create(i, a, n, w))
        .list()
        .ofMinSize(0)
        .ofMaxSize(80);
  }

  @Example
  void withoutAnOrderItIsTheSmallestRow() {
    List<Row> rows = List.of(RowFactory.create(1, 2, "b", 0.0), RowFactory.create(1, 2, "a", 9.0));
    assertThat(Given.texts(Deduplicate.by("id", "at").of(Given.rows(SCHEMA, rows, 1))))
        .containsExactly("[1,2,a,9.0]");
  }

  @Example
  void whatIsEqualAndNotTheSameIsToldApartInsideAColumnToo() {
    Dataset<Row> rows =
        Given.session()
            .sql(
                "select 1 as id, array(struct(0.0d)) as a union all select 1, array(struct(-0.0d))");
    for (Dataset<Row> arrived : List.of(rows, rows.orderBy(col("a").cast("string")))) {
      assertThat(Given.texts(Deduplicate.by("id").of(arrived.coalesce(1))))
          .singleElement()
          .asString()
          .contains("-0.0");
    }
  }

  @Example
  void aColumnMayHaveAnyName() {
    Dataset<Row> rows = Given.session().sql("select 1 as `a.b`, 2 as `c``d` union all select 1, 3");
    assertThat(Given.texts(Deduplicate.by("a.b").of(rows))).containsExactly("[1,2]");
  }

  @Example
  void whatCanNotBeDoneIsSaid() {
    Dataset<Row> rows = Given.session().sql("select 1 as id, map('a', 1) as m");
    assertThatThrownBy(() -> Deduplicate.by("id").of(rows))
        .hasMessage(
            "Cannot order rows by column m: its values have no order (type=MAP<STRING, INT>). Leave it"
                + " out, or bring it to a type that has one");
    assertThatThrownBy(() -> Deduplicate.by("ID").of(rows))
        .hasMessage("Cannot use column ID: the rows have no such column (columns=id, m)");
    assertThatThrownBy(Deduplicate::by)
        .hasMessage("Cannot use a key without columns: name at least one");
  }
}
