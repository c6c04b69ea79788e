package io.afp.core.job;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Metric;
import io.afp.core.measure.Counts;
import io.afp.core.measure.Figure;
import io.afp.core.spi.RunEvent.Measured;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** What was measured of a table, as it may be told to others: in numbers, and of nobody. */
final class Figures {

  private static final String ROWS = "rows";

  private Figures() {}

  static Map<String, Measured> of(TableDef table, Map<String, Metric> metrics) {
    Map<String, Measured> figures = new HashMap<>();
    if (metrics.containsKey(ROWS)) {
      long rows = metrics.get(ROWS).judged();
      figures.put(ROWS, new Measured(rows, rows, OptionalDouble.empty()));
    }
    table.allChecks().stream()
        .filter(check -> metrics.containsKey(check.name()) && !isPersonal(table, check))
        .forEach(check -> figures.put(check.name(), of(check, metrics.get(check.name()))));
    return figures;
  }

  private static boolean isPersonal(TableDef table, CheckDef check) {
    return check.column().flatMap(table::column).filter(ColumnDef::pii).isPresent();
  }

  private static Measured of(CheckDef check, Metric metric) {
    long obeyed = metric.state() instanceof Counts counts ? counts.matches() : metric.judged();
    return new Measured(metric.judged(), obeyed, Figure.of(check.rule(), metric.state()).value());
  }
}
