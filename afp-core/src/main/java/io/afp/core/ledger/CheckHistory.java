package io.afp.core.ledger;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableName;
import io.afp.core.measure.Bounds;
import io.afp.core.measure.History;
import io.afp.core.measure.Point;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What checks measured, unit by unit, and what somebody said of it. */
public final class CheckHistory {

  /** More than any rule looks back, also one of the same hour of the same weekday. */
  private static final int MOST = 20_000;

  private static final Set<String> UNUSUAL = Set.of("failed", "warned");

  private final Database database;

  public CheckHistory(Database database) {
    this.database = database;
  }

  /** A check by its name; that of another table may have the same. */
  public record Named(TableName table, String check) {}

  /**
   * A point as it is kept.
   *
   * @param measures what was measured; points are compared only where it is the same
   * @param bounds what it was judged by; empty for a check that is not judged by its history, and
   *     while there is too little of it
   * @param basis how many points the bounds were made of, or would have been
   * @param status {@code passed}, {@code warned}, {@code failed}, {@code learning}, or {@code
   *     acknowledged} where it passed for that alone
   * @param origin {@code write} or {@code scan}; {@code snapshot} for what the table told of a time
   *     before there was the check
   * @param snapshot the snapshot of the table that has the rows
   */
  public record Kept(
      Point point,
      String measures,
      Optional<Bounds> bounds,
      Optional<Integer> basis,
      String status,
      String origin,
      Optional<Long> snapshot) {}

  /**
   * What somebody said of an unusual point.
   *
   * @param newLevel whether what was before it says nothing any more
   * @param by who said it
   */
  public record Acknowledgement(boolean newLevel, String reason, String by, Instant at) {}

  /**
   * A point of the history.
   *
   * @param number counts up with each that is kept
   * @param run the run that wrote the rows; empty for a time before there was the check
   * @param published whether its rows were published
   */
  public record Entry(
      long number,
      Kept kept,
      Optional<UUID> run,
      boolean published,
      Optional<Acknowledgement> acknowledgement) {

    /** Whether it would be unusual, and nobody said that it is right. */
    public boolean isUnusual() {
      return UNUSUAL.contains(kept.status) && acknowledgement.isEmpty();
    }

    private boolean counts() {
      return published || acknowledgement.isPresent();
    }

    /** Points of the same unit are one; where there are no units, those of the same run. */
    private Object unit() {
      String unit = kept.point.unit();
      return unit.isEmpty() ? run.<Object>map(id -> id).orElse(number) : unit;
    }

    private boolean isTryOf(UUID other) {
      return kept.point.unit().isEmpty() && run.filter(other::equals).isPresent();
    }
  }

  /** The checks of this name that have a history. */
  public List<Named> find(String check) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT DISTINCT table_namespace, table_name FROM afp.check_point WHERE check_name = :check ORDER BY 1, 2
                    """)
                .bind("check", check)
                .map((rs, context) -> new Named(table(rs), check))
                .list());
  }

  /** The names of all checks that have a history. */
  public List<String> names() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("SELECT DISTINCT check_name FROM afp.check_point ORDER BY 1")
                .mapTo(String.class)
                .list());
  }

  /**
   * What is known of a check, in order of time. A unit that was written several times is there once
   * for the last time that it was published, and once for each try since then.
   */
  public List<Entry> shown(Named check) {
    List<Entry> all = entries(check);
    Map<Object, Long> published = newest(all.stream().filter(Entry::published).toList());
    return all.stream()
        .filter(entry -> entry.number >= published.getOrDefault(entry.unit(), 0L))
        .toList();
  }

  /**
   * What a check is judged by.
   *
   * @param run the run that is judged, which may have tried before
   */
  public History of(TableName table, CheckDef check, UUID run) {
    List<Entry> same =
        entries(new Named(table, check.name())).stream()
            .filter(entry -> entry.kept.measures.equals(check.measured()))
            .toList();
    List<Entry> acknowledged = same.stream().filter(e -> e.acknowledgement.isPresent()).toList();
    Optional<LocalDateTime> since =
        acknowledged.stream()
            .filter(entry -> entry.acknowledgement.get().newLevel())
            .map(entry -> entry.kept.point.at())
            .max(LocalDateTime::compareTo);
    return new History(points(baseline(same, run)), points(acknowledged), since);
  }

  /** Of each unit the newest that counts, where it is not unusual. */
  private static List<Entry> baseline(List<Entry> entries, UUID run) {
    List<Entry> counting = entries.stream().filter(Entry::counts).toList();
    Set<Long> newest = new HashSet<>(newest(counting).values());
    return counting.stream()
        .filter(entry -> newest.contains(entry.number) && !entry.isUnusual())
        .filter(entry -> !entry.isTryOf(run))
        .toList();
  }

  /** The number of the newest entry of each unit. */
  private static Map<Object, Long> newest(Collection<Entry> entries) {
    Map<Object, Long> newest = new HashMap<>();
    entries.forEach(entry -> newest.merge(entry.unit(), entry.number, Math::max));
    return newest;
  }

  private static List<Point> points(List<Entry> entries) {
    return entries.stream().map(entry -> entry.kept.point).toList();
  }

  private List<Entry> entries(Named check) {
    return database
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT p.*, p.origin = 'snapshot' OR b.state IS NOT DISTINCT FROM 'published' AS published,
                               k.new_level, k.reason, k.acknowledged_by, k.acknowledged_at
                          FROM afp.check_point p
                          LEFT JOIN afp.attempt a ON (a.run_id, a.number) = (p.run_id, p.attempt)
                          LEFT JOIN afp.branch b ON b.name = a.branch
                          LEFT JOIN afp.acknowledgement k
                            ON (k.table_namespace, k.table_name, k.check_name, k.run_id, k.unit, k.value)
                             = (p.table_namespace, p.table_name, p.check_name, p.run_id, p.unit, p.value)
                         WHERE p.table_namespace = :namespace AND p.table_name = :table AND p.check_name = :check
                         ORDER BY p.local_time DESC, p.id DESC LIMIT :most
                        """)
                    .bind("namespace", check.table().namespace())
                    .bind("table", check.table().name())
                    .bind("check", check.check())
                    .bind("most", MOST)
                    .map((rs, context) -> entry(rs))
                    .list())
        .stream()
        .sorted(
            Comparator.comparing((Entry entry) -> entry.kept.point.at())
                .thenComparing(Entry::number))
        .toList();
  }

  private static Entry entry(ResultSet rs) throws SQLException {
    return new Entry(
        rs.getLong("id"),
        kept(rs),
        Optional.ofNullable(rs.getObject("run_id", UUID.class)),
        rs.getBoolean("published"),
        acknowledgement(rs));
  }

  private static Kept kept(ResultSet rs) throws SQLException {
    return new Kept(
        new Point(
            rs.getString("unit"),
            rs.getObject("local_time", LocalDateTime.class),
            rs.getDouble("value")),
        rs.getString("measures"),
        bounds(rs),
        Optional.ofNullable(rs.getObject("basis", Integer.class)),
        rs.getString("status"),
        rs.getString("origin"),
        Optional.ofNullable(rs.getObject("snapshot_id", Long.class)));
  }

  private static Optional<Bounds> bounds(ResultSet rs) throws SQLException {
    return rs.getObject("expected") == null
        ? Optional.empty()
        : Optional.of(
            new Bounds(
                rs.getDouble("lower_bound"),
                rs.getDouble("expected"),
                rs.getDouble("upper_bound")));
  }

  private static Optional<Acknowledgement> acknowledgement(ResultSet rs) throws SQLException {
    String reason = rs.getString("reason");
    return reason == null
        ? Optional.empty()
        : Optional.of(
            new Acknowledgement(
                rs.getBoolean("new_level"),
                reason,
                rs.getString("acknowledged_by"),
                rs.getObject("acknowledged_at", OffsetDateTime.class).toInstant()));
  }

  private static TableName table(ResultSet rs) throws SQLException {
    return new TableName(rs.getString("table_namespace"), rs.getString("table_name"));
  }

  /** Whether nothing is kept yet of what a check measures. */
  public boolean isUnknown(TableName table, CheckDef check) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT NOT EXISTS (SELECT 1 FROM afp.check_point
                      WHERE table_namespace = :namespace AND table_name = :table AND check_name = :check AND measures = :measures)
                    """)
                .bind("namespace", table.namespace())
                .bind("table", table.name())
                .bind("check", check.name())
                .bind("measures", check.measured())
                .mapTo(Boolean.class)
                .one());
  }

  /** Keeps what a table told of a time before there was the check. */
  public void record(Named check, List<Kept> before) {
    database.useTransaction(handle -> insert(handle, check, before, Optional.empty()));
  }

  /** Keeps the points of checks of a table, in place of earlier ones of the same attempt. */
  public void record(AttemptRecord attempt, TableName table, Map<String, List<Kept>> byCheck) {
    database.useTransaction(
        handle -> {
          handle
              .createUpdate(
                  """
                  DELETE FROM afp.check_point WHERE run_id = :run AND attempt = :attempt
                     AND table_namespace = :namespace AND table_name = :table
                  """)
              .bind("run", attempt.runId())
              .bind("attempt", attempt.number())
              .bind("namespace", table.namespace())
              .bind("table", table.name())
              .execute();
          byCheck.forEach(
              (check, points) ->
                  insert(handle, new Named(table, check), points, Optional.of(attempt)));
        });
  }

  private static void insert(
      Handle handle, Named check, List<Kept> points, Optional<AttemptRecord> attempt) {
    PreparedBatch rows =
        handle.prepareBatch(
            """
            INSERT INTO afp.check_point (table_namespace, table_name, check_name, measures, unit, local_time, value, expected,
              lower_bound, upper_bound, basis, status, origin, run_id, attempt, snapshot_id)
            VALUES (:namespace, :table, :check, :measures, :unit, :at, :value, :expected, :lower, :upper, :basis, :status,
              :origin, :run, :attempt, :snapshot)
            """);
    for (Kept kept : points) {
      rows.bind("namespace", check.table().namespace())
          .bind("table", check.table().name())
          .bind("check", check.check())
          .bind("measures", kept.measures)
          .bind("unit", kept.point.unit())
          .bind("at", kept.point.at())
          .bind("value", kept.point.value())
          .bind("expected", kept.bounds.map(Bounds::expected))
          .bind("lower", kept.bounds.map(Bounds::lower))
          .bind("upper", kept.bounds.map(Bounds::upper))
          .bind("basis", kept.basis)
          .bind("status", kept.status)
          .bind("origin", kept.origin)
          .bind("run", attempt.map(AttemptRecord::runId))
          .bind("attempt", attempt.map(AttemptRecord::number))
          .bind("snapshot", kept.snapshot)
          .add();
    }
    rows.execute();
  }

  /**
   * Says of the unusual points of a run that they are right: from then on they are history to those
   * that follow, and the same value of the same unit passes.
   *
   * @return these points; none if the run has none that were judged by their history
   */
  public List<Entry> acknowledge(Named check, UUID run, Acknowledgement said) {
    List<Entry> unusual =
        shown(check).stream()
            .filter(entry -> entry.run.filter(run::equals).isPresent())
            .filter(entry -> UNUSUAL.contains(entry.kept.status) && entry.kept.bounds.isPresent())
            .toList();
    database.useTransaction(handle -> unusual.forEach(entry -> insert(handle, check, entry, said)));
    return unusual;
  }

  private static void insert(Handle handle, Named check, Entry entry, Acknowledgement said) {
    handle
        .createUpdate(
            """
            INSERT INTO afp.acknowledgement (table_namespace, table_name, check_name, run_id, unit, local_time, value, new_level,
              reason, acknowledged_by, acknowledged_at)
            VALUES (:namespace, :table, :check, :run, :unit, :at, :value, :newLevel, :reason, :by, :said)
            ON CONFLICT (table_namespace, table_name, check_name, run_id, unit) DO UPDATE
              SET (local_time, value, new_level, reason, acknowledged_by, acknowledged_at)
                = (excluded.local_time, excluded.value, excluded.new_level, excluded.reason, excluded.acknowledged_by,
                   excluded.acknowledged_at)
            """)
        .bind("namespace", check.table().namespace())
        .bind("table", check.table().name())
        .bind("check", check.check())
        .bind("run", entry.run)
        .bind("unit", entry.kept.point.unit())
        .bind("at", entry.kept.point.at())
        .bind("value", entry.kept.point.value())
        .bind("newLevel", said.newLevel)
        .bind("reason", said.reason)
        .bind("by", said.by)
        .bind("said", said.at.atOffset(ZoneOffset.UTC))
        .execute();
  }
}
