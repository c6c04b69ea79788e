package io.afp.quality;

import static org.apache.spark.sql.functions.expr;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Measure;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.Extremes;
import io.afp.core.spi.Judge;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * Judges how old the newest value is. Deequ knows no such metric: a share of rows is asked of it,
 * and its maximum is that of a number.
 *
 * <p>Times are read on the clock of the column: of UTC for an instant, of the pipeline's zone for a
 * date and a local time.
 */
record FreshRule(TableDef table, CheckDef check, CheckDef.Fresh rule) implements MeasuredRule {

  @Override
  public Measure measure() {
    Column value = expr("CAST(`%s` AS TIMESTAMP)".formatted(column().name()));
    return Measure.extremes(check.name(), MeasuredRule.judged(check, value));
  }

  @Override
  public Verdict judge(Judge.Case written, Metric metric, String origin) {
    LocalDateTime asOf = onClock(written.asOf());
    LocalDateTime oldest = asOf.minus(rule.within().days()).minus(rule.within().time());
    Optional<LocalDateTime> newest = newest(metric).map(FreshRule::inUtc);
    boolean passed = newest.filter(value -> !value.isBefore(oldest)).isPresent();
    String message =
        "the newest value%s is %s; %s or later is fresh, that is %s before %s"
            .formatted(
                Messages.where(check),
                newest.map(this::text).orElse("missing"),
                text(oldest),
                rule.within(),
                text(asOf));
    return new Verdict(
        check, DeequJudge.status(check, passed), metric.judged(), 0, origin, message, List.of());
  }

  private static Optional<Instant> newest(Metric metric) {
    return ((Extremes) metric.state()).max().map(Instant::parse);
  }

  private ColumnDef column() {
    return table.column(check.column().orElseThrow()).orElseThrow();
  }

  private LocalDateTime onClock(ZonedDateTime time) {
    return column().type().kind() == Kind.TIMESTAMP
        ? inUtc(time.toInstant())
        : time.toLocalDateTime();
  }

  private static LocalDateTime inUtc(Instant time) {
    return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
  }

  private String text(LocalDateTime time) {
    boolean day = column().type().kind() == Kind.DATE && time.toLocalTime().equals(LocalTime.MIN);
    String zone = column().type().kind() == Kind.TIMESTAMP ? "Z" : "";
    return day ? time.toLocalDate().toString() : time + zone;
  }
}
