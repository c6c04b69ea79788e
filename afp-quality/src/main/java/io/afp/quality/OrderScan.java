package io.afp.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.OrderRule;
import io.afp.core.definition.OrderRule.Course;
import io.afp.core.definition.SortField;
import io.afp.core.definition.SortField.Direction;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Sample;
import io.afp.core.ledger.Verdict;
import io.afp.core.spi.Judge;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Judges each value by that of the row before it, in an order that is sorted for it. */
record OrderScan(Judge.Case written, CheckDef check, OrderRule rule) {

  private static final String HOLDS = "__holds";

  Verdict judge() {
    Row counts =
        told(judged().select(columns().stream().map(Predicates::column).toArray(Column[]::new)))
            .agg(count(lit(1)), count(when(col(HOLDS), lit(1))))
            .head();
    Metric metric = new Metric(check.name(), counts.getLong(1), counts.getLong(0));
    return DeequJudge.ofScan(check, metric, this::samples);
  }

  private List<Sample> samples() {
    return new Samples(written).of(check, told(judged()).filter(not(col(HOLDS))), columns());
  }

  private Dataset<Row> judged() {
    Column given =
        columns().stream()
            .map(name -> Predicates.column(name).isNotNull())
            .reduce(Column::and)
            .orElseThrow();
    return MeasuredRule.judged(check, written.rows()).filter(given);
  }

  private List<String> columns() {
    return Stream.concat(rule.columns().stream(), check.column().stream()).distinct().toList();
  }

  /** With a column that is true where the value goes on as it must. */
  private Dataset<Row> told(Dataset<Row> rows) {
    Column value = Predicates.column(check.column().orElseThrow());
    Column before = lag(value, 1).over(inOrder(value));
    Column holds = rule.course() == Course.ORDERED ? value.geq(before) : value.gt(before);
    return rows.withColumn(HOLDS, coalesce(holds, lit(true))); // the first has none before it
  }

  private WindowSpec inOrder(Column value) {
    List<Column> order = new ArrayList<>();
    rule.by().forEach(field -> order.add(ordered(field)));
    order.add(value);
    Column[] each = rule.each().stream().map(Predicates::column).toArray(Column[]::new);
    return Window.partitionBy(each).orderBy(order.toArray(Column[]::new));
  }

  private static Column ordered(SortField field) {
    Column column = Predicates.column(field.column());
    return field.direction() == Direction.DESC ? column.desc() : column.asc();
  }
}
