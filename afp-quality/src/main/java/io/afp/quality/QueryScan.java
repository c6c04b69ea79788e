package io.afp.quality;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;

import io.afp.core.definition.Bounds;
import io.afp.core.definition.CheckDef;
import io.afp.core.definition.Literals;
import io.afp.core.definition.MetricRule.Statistic;
import io.afp.core.definition.MetricRule.Statistical;
import io.afp.core.definition.TableRule;
import io.afp.core.error.Count;
import io.afp.core.ledger.Verdict;
import io.afp.core.spi.Judge;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;

/** Judges a rule by a query of its own. */
final class QueryScan {

  private static final String NO_NUMBER = "the query does not give one number";

  private final Judge.Case written;
  private final CheckDef check;

  QueryScan(Judge.Case written, CheckDef check) {
    this.written = written;
    this.check = check;
  }

  Verdict judge() {
    if (check.rule() instanceof TableRule.SameRows rule) {
      return sameRows(rule);
    }
    if (check.rule() instanceof TableRule.Query rule) {
      return none(rule);
    }
    if (check.rule() instanceof TableRule.SameResult rule) {
      return new SameResultScan(written, check, rule).judge();
    }
    return check.rule() instanceof TableRule.Number rule ? number(rule) : distinct();
  }

  /** Why it can't be asked. */
  Optional<String> problem() {
    if (check.rule() instanceof TableRule.SameRows rule) {
      written.rowsOf(rule.table());
    } else if (check.rule() instanceof TableRule.Query rule) {
      written.query(rule.sql());
    } else if (check.rule() instanceof TableRule.SameResult rule) {
      return new SameResultScan(written, check, rule).problem();
    } else if (check.rule() instanceof TableRule.Number rule) {
      return isNumber(written.query(rule.sql())) ? Optional.empty() : Optional.of(NO_NUMBER);
    }
    return Optional.empty();
  }

  static boolean isNumber(Dataset<Row> given) {
    return given.columns().length == 1
        && given.schema().fields()[0].dataType() instanceof NumericType;
  }

  private Verdict sameRows(TableRule.SameRows rule) {
    long own = written.rowsOf(written.table().name()).count();
    long other = written.rowsOf(rule.table()).count();
    String message =
        "%s has %s, %s has %d"
            .formatted(written.table().name(), Count.of(own, "row"), rule.table(), other);
    return verdict(own == other, own, 0, message);
  }

  private Verdict none(TableRule.Query rule) {
    Dataset<Row> wrong = written.query(rule.sql());
    long rows = wrong.count();
    String message = "the query gives %s, it must give none".formatted(Count.of(rows, "row"));
    return verdict(rows == 0, rows, rows, message);
  }

  private Verdict number(TableRule.Number rule) {
    Dataset<Row> given = written.query(rule.sql());
    if (!isNumber(given)) {
      return DeequJudge.broken(check, NO_NUMBER);
    }
    List<Row> rows = given.limit(2).collectAsList();
    if (rows.size() != 1) {
      return DeequJudge.broken(check, "the query does not give one row");
    }
    String text = rows.get(0).isNullAt(0) ? "missing" : rows.get(0).get(0).toString();
    return ofNumber(text, rule.bounds(), 1);
  }

  private Verdict distinct() {
    Column value = Predicates.column(check.column().orElseThrow());
    Row counts =
        MeasuredRule.judged(check, written.rows()).agg(count_distinct(value), count(value)).head();
    Statistical rule = (Statistical) check.rule();
    BigDecimal different = BigDecimal.valueOf(counts.getLong(0));
    long judged = counts.getLong(1);
    if (judged == 0) {
      return verdict(true, 0, 0, "no row has a value");
    }
    BigDecimal number =
        rule.statistic() == Statistic.DISTINCT
            ? different
            : different.divide(BigDecimal.valueOf(judged), MathContext.DECIMAL64);
    return ofNumber(number.toPlainString(), rule.bounds(), judged);
  }

  private Verdict ofNumber(String text, Bounds bounds, long judged) {
    boolean passed = Literals.number(text).filter(bounds::allow).isPresent();
    return verdict(passed, judged, 0, Messages.ofNumber(check, text, bounds));
  }

  private Verdict verdict(boolean passed, long judged, long failed, String message) {
    return verdict(check, passed, judged, failed, message);
  }

  /** What a query gives may be personal in the tables that it reads, so there are no samples. */
  static Verdict verdict(CheckDef check, boolean passed, long judged, long failed, String message) {
    return new Verdict(
        check, DeequJudge.status(check, passed), judged, failed, "scan", message, List.of());
  }
}
