package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class ColumnOriginsTest {

  private final SparkSession session;

  ColumnOriginsTest(TestLake lake) {
    session = lake.on(lake.newBranch());
    session.sql("CREATE NAMESPACE s");
    session.sql("CREATE TABLE s.a (id int, x int, y int)");
    session.sql("CREATE TABLE s.b (id int, z int)");
  }

  private Map<String, Set<String>> origins(String sql) {
    return origins(session.sql(sql));
  }

  private static Map<String, Set<String>> origins(Dataset<Row> rows) {
    Map<String, Set<String>> texts = new TreeMap<>();
    ColumnOrigins.of(rows)
        .forEach(
            (column, of) -> {
              Set<String> from = texts.computeIfAbsent(column, c -> new TreeSet<>());
              of.forEach(o -> from.add(o.table() + "." + o.column() + (o.unchanged() ? "" : "*")));
            });
    return texts;
  }

  @Test
  void columnsThatAreCopiedAndThoseThatAreCalculatedAreToldApart() {
    assertThat(origins("select id, x as first, x + y as both, 1 as one from s.a"))
        .isEqualTo(
            Map.of(
                "id", Set.of("s.a.id"),
                "first", Set.of("s.a.x"),
                "both", Set.of("s.a.x*", "s.a.y*")));
  }

  @Test
  void joinsGroupsWindowsAndNamedQueriesAreFollowed() {
    String sql =
        """
        with sums as (select id, sum(x) as total from s.a group by id)
        select s.id, s.total, row_number() over (partition by b.id order by b.z) as place,
               (select max(y) from s.a) as top
          from sums s join s.b b on b.id = s.id
        """;
    assertThat(origins(sql))
        .isEqualTo(
            Map.of(
                "id", Set.of("s.a.id"),
                "total", Set.of("s.a.x*"),
                "place", Set.of("s.b.id*", "s.b.z*"),
                "top", Set.of("s.a.y*")));
  }

  @Test
  void aColumnOfAUnionComesFromAllPartsAndTheSameTableTwiceIsNoRiddle() {
    assertThat(origins("select x as v from s.a union all select z from s.b"))
        .isEqualTo(Map.of("v", Set.of("s.a.x", "s.b.z")));
    assertThat(origins("select l.x as l, r.y as r from s.a l join s.a r on l.id = r.id"))
        .isEqualTo(Map.of("l", Set.of("s.a.x"), "r", Set.of("s.a.y")));
    assertThat(origins("select id, explode(array(x, y)) as e from s.a"))
        .containsEntry("e", Set.of("s.a.x*", "s.a.y*"));
  }

  @Test
  void whatCodeMakesOfRowsIsNotGuessed() {
    Dataset<Row> mapped =
        session
            .sql("select id from s.a")
            .map((MapFunction<Row, Integer>) row -> row.getInt(0), Encoders.INT())
            .toDF("made");

    assertThat(origins(mapped)).isEmpty();
  }
}
