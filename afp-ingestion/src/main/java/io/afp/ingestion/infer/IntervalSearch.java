package io.afp.ingestion.infer;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.TableBuilder;
import io.afp.core.error.Count;
import io.afp.core.lake.Contract;
import io.afp.core.lake.RawRows;
import io.afp.ingestion.infer.InferredInterval.IntervalColumn;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Looks for the column whose values lie in the interval that the name of their file says. */
final class IntervalSearch {

  private static final Set<Kind> TIMES = Set.of(Kind.DATE, Kind.TIMESTAMP, Kind.TIMESTAMP_NTZ);
  private static final List<String> PARTS = List.of("year", "month", "day");
  private static final List<String> NAMES = List.of("date", "calendar_date", "date_of_row");
  private static final String DAY = "make_date(year, month, day)";
  private static final String ROWS = "__rows";
  private static final int HOURS_OF_ZONES = 14;

  private final RawRows raw;
  private final InferredTable table;
  private final PipelineCalendar pipeline;

  IntervalSearch(RawRows raw, InferredTable table, PipelineCalendar pipeline) {
    this.raw = raw;
    this.table = table;
    this.pipeline = pipeline;
  }

  /** What files with dates in their names suggest. */
  InferredInterval by(DatedFiles files) {
    IntervalDef calendar = files.calendar();
    List<Candidate> candidates = candidates(calendar);
    List<Row> found = candidates.isEmpty() ? List.of() : ends(candidates);
    List<Candidate> inside =
        candidates.stream().filter(c -> outside(c, found, files) == 0).toList();
    List<String> why = new ArrayList<>();
    if (inside.isEmpty()) {
      candidates.forEach(c -> why.add(against(c, found, files)));
    } else {
      why.add(support(inside.get(0), found, calendar));
    }
    boolean may = pipeline.isOpen() || pipeline.interval().isPresent();
    return new InferredInterval(
        files.pattern(),
        calendar.unit(),
        inside.stream().findFirst().map(c -> c.column(calendar)),
        may && files.areOfMany() && !inside.isEmpty(),
        why);
  }

  /** A column that may be the one; the files need not have it. */
  private record Candidate(String name, Kind kind, Optional<String> expr) {

    private String type() {
      return kind.name().toLowerCase(Locale.ROOT);
    }

    private IntervalColumn column(IntervalDef calendar) {
      return new IntervalColumn(name, type(), expr, partition(calendar));
    }

    /** Iceberg cuts the days of an instant in UTC, which end inside those of other zones. */
    private String partition(IntervalDef calendar) {
      boolean other =
          kind == Kind.TIMESTAMP && !calendar.zone().normalized().equals(ZoneOffset.UTC);
      String unit = (other ? IntervalUnit.HOUR : calendar.unit()).name().toLowerCase(Locale.ROOT);
      return "%s(%s)".formatted(unit, name);
    }
  }

  private List<Candidate> candidates(IntervalDef calendar) {
    Stream<Candidate> read =
        table.columns().stream()
            .filter(c -> c.complete() && TIMES.contains(c.choice().type().kind()))
            .map(c -> new Candidate(c.name(), c.choice().type().kind(), Optional.empty()));
    return Stream.concat(read, computed().stream())
        .filter(c -> c.kind() != Kind.DATE || calendar.unit() != IntervalUnit.HOUR)
        .toList();
  }

  /** A day whose parts have columns of their own. */
  private Optional<Candidate> computed() {
    List<String> numbers =
        table.columns().stream()
            .filter(c -> c.complete() && c.choice().type().kind() == Kind.INT)
            .map(InferredColumn::name)
            .toList();
    List<String> taken = table.columns().stream().map(InferredColumn::name).toList();
    return NAMES.stream()
        .filter(name -> numbers.containsAll(PARTS) && !taken.contains(name))
        .findFirst()
        .map(name -> new Candidate(name, Kind.DATE, Optional.of(DAY)));
  }

  /** For each file how many rows it has, and of each candidate values, the first and the last. */
  private List<Row> ends(List<Candidate> candidates) {
    TableBuilder declared = table.builder().metadata(m -> m.source("_afp_source"));
    for (Candidate candidate : candidates) {
      candidate
          .expr()
          .ifPresent(
              expr -> declared.column(candidate.name(), candidate.type(), c -> c.expr(expr)));
    }
    Dataset<Row> rows =
        new Contract(declared.build(), table.source().nullValues()).conform(raw).accepted();
    Column[] asked =
        candidates.stream()
            .flatMap(
                c ->
                    Stream.of(
                        count(col(c.name())).as("n_" + c.name()),
                        min(col(c.name())).cast("string").as("min_" + c.name()),
                        max(col(c.name())).cast("string").as("max_" + c.name())))
            .toArray(Column[]::new);
    return rows.groupBy(RawRows.FILE).agg(count(lit(1)).as(ROWS), asked).collectAsList();
  }

  /** How many files have values outside of their intervals, or rows without one. */
  private static long outside(Candidate candidate, List<Row> found, DatedFiles files) {
    return found.stream().filter(row -> !isInside(candidate, row, files, 0)).count();
  }

  /** Whether all values of a file are in its interval, or so many hours beside it. */
  private static boolean isInside(Candidate candidate, Row row, DatedFiles files, int hours) {
    Interval interval = files.intervals().get(row.<String>getAs(RawRows.FILE));
    boolean isInstant = candidate.kind() == Kind.TIMESTAMP;
    LocalDateTime start = isInstant ? inUtc(interval.start()) : interval.localStart();
    LocalDateTime end = isInstant ? inUtc(interval.end()) : interval.localEnd();
    return values(candidate, row)
        .filter(values -> !values.first().isBefore(start.minusHours(hours)))
        .filter(values -> values.last().isBefore(end.plusHours(hours)))
        .isPresent();
  }

  private static LocalDateTime inUtc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private record Values(LocalDateTime first, LocalDateTime last) {}

  /** Those of a file; empty if a row has none. */
  private static Optional<Values> values(Candidate candidate, Row row) {
    String name = candidate.name();
    if (row.<Long>getAs("n_" + name) < row.<Long>getAs(ROWS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Values(time(row.getAs("min_" + name)), time(row.getAs("max_" + name))));
    } catch (DateTimeException e) {
      return Optional.empty(); // a year with more than four digits is in the name of no file
    }
  }

  private static LocalDateTime time(String text) {
    String iso = text.replace(' ', 'T');
    return LocalDateTime.parse(iso.contains("T") ? iso : iso + "T00:00");
  }

  private String support(Candidate candidate, List<Row> found, IntervalDef calendar) {
    long values = found.stream().mapToLong(row -> row.<Long>getAs("n_" + candidate.name())).sum();
    return "%s of %s in %s %s in the %s of %s file"
        .formatted(
            Count.all(values, "value"),
            candidate
                .expr()
                .map(expr -> candidate.name() + " (" + expr + ")")
                .orElse(candidate.name()),
            Count.of(found.size(), "file"),
            values == 1 ? "lies" : "lie",
            calendar.unit().word(),
            values == 1 ? "its" : "their");
  }

  private static String against(Candidate candidate, List<Row> found, DatedFiles files) {
    boolean byHours =
        candidate.kind() == Kind.TIMESTAMP
            && found.stream().allMatch(row -> isInside(candidate, row, files, HOURS_OF_ZONES));
    return "%s has others in %d of %s%s"
        .formatted(
            candidate.name(),
            outside(candidate, found, files),
            Count.of(found.size(), "file"),
            byHours ? ", by hours: is interval.zone another than %s?".formatted(files.zone()) : "");
  }
}
