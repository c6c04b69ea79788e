package io.afp.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableDef;
import io.afp.core.error.Problem;
import io.afp.core.testing.TestSpark;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnsteadyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select rand() as x                                        | rand",
        "select id from range(3) where uuid() <> ''                | uuid",
        "select current_date() as x, now() as y                    | current_date, now",
        "select date_add(current_timestamp(), 1) as x              | current_timestamp",
        "select first(id) as x from range(3)                       | first",
        "select any_value(id) as x, last(id) as y from range(3)    | any_value, last",
        "select id from range(3) where id in (select int(3 * rand()) from range(2)) | rand",
        "select * from (select monotonically_increasing_id() as x from range(3)) | monotonically_increasing_id",
        "select last(id) over (partition by id % 2) as x from range(3)             | last",
        "select first(rand()) over (order by id) as x from range(3)                | rand",
      })
  void chanceClockAndOrderAreNamed(String sql, String functions) {
    assertThat(warning(sql))
        .map(Problem::message)
        .get()
        .asString()
        .contains("(functions=" + functions + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select id, max_by(id, id) over (partition by id % 2) as x from range(3)",
        "select first(id) over (order by id) as x, last(id) over (order by id) as y from range(3)",
        "select sum(id) as x, count(*) as n from range(3) group by id % 2",
        "select sha2(string(id), 256) as x from range(3) order by id",
      })
  void whatDependsOnTheRowsAloneIsSteady(String sql) {
    assertThat(warning(sql)).isEmpty();
  }

  @Test
  void theWarningNamesTheFileOfTheQuery() {
    assertThat(warning("select rand() as x").orElseThrow().code().code()).isEqualTo("AFP-TRF-007");
  }

  private static Optional<Problem> warning(String sql) {
    TableDef table = TableDef.named("core.a").sql(sql).column("x", "int").build();
    return Unsteady.in(table, TestSpark.session().sql(sql));
  }
}
