package io.afp.ingestion.jdbc;

import io.afp.core.definition.JdbcSourceDef.NamedTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Divides the rows of a source by ranges of one column, so that each has about equally many. */
final class KeyRanges {

  private static final Logger log = LoggerFactory.getLogger(KeyRanges.class);
  private static final int STANDARD = 4;
  private static final int MOST = 1_000;

  private final SourceSession session;
  private final Optional<String> condition;

  KeyRanges(SourceSession session, Optional<String> condition) {
    this.session = session;
    this.condition = condition;
  }

  /** Whether there may be several readers. */
  boolean divides() {
    return by().isPresent() && session.source().split().count().orElse(STANDARD) > 1;
  }

  /** The column that is divided; empty when all is read in one. */
  Optional<SourceColumn> by() {
    Optional<String> asked = session.source().split().by();
    return asked.isPresent()
        ? asked.map(name -> session.columns().named(name, "from.jdbc.split_by"))
        : ofKey();
  }

  /** Each range of a query is a query of its own, which is for the user to decide. */
  private Optional<SourceColumn> ofKey() {
    List<String> key = session.table().key();
    return key.size() == 1 && session.relation() instanceof NamedTable
        ? session
            .table()
            .column(key.get(0))
            .flatMap(session.columns()::find)
            .filter(c -> c.kind() != SourceColumn.Kind.OTHER || session.snapshot().isPresent())
        : Optional.empty();
  }

  /**
   * One condition for each range. Together they have every row once, null and what comes after the
   * last bound included.
   *
   * @param name of the column, as the conditions write it
   */
  List<String> conditions(SourceColumn by, String name) throws SQLException {
    int count = count();
    List<String> bounds = count > 1 ? bounds(by, count) : List.of();
    log.info("{}: {} ranges by {}", session.table().name(), bounds.size() + 1, by.name());
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i <= bounds.size(); i++) {
      List<String> parts = new ArrayList<>();
      if (i > 0) {
        parts.add("%s > %s".formatted(name, bounds.get(i - 1)));
      }
      if (i < bounds.size()) {
        parts.add("%s <= %s".formatted(name, bounds.get(i)));
      }
      conditions.add(String.join(" AND ", parts));
    }
    if (bounds.isEmpty()) {
      return List.of("1 = 1");
    }
    conditions.set(0, "(%s OR %s IS NULL)".formatted(conditions.get(0), name));
    return conditions;
  }

  private List<String> bounds(SourceColumn by, int count) throws SQLException {
    RangeFinder.Task task = new RangeFinder.Task(session, by, condition, count);
    for (RangeFinder finder : session.dialect().rangeFinders()) {
      Optional<List<String>> found = finder.bounds(task);
      if (found.isPresent()) {
        return List.copyOf(new LinkedHashSet<>(found.get()));
      }
    }
    return List.of();
  }

  private int count() throws SQLException {
    if (session.source().split().rows().isEmpty()) {
      return session.source().split().count().orElse(STANDARD);
    }
    String where = condition.map(c -> " WHERE " + c).orElse("");
    long rows = session.count("SELECT count(*) FROM %s%s".formatted(session.from(), where));
    long each = session.source().split().rows().getAsLong();
    return (int) Math.max(1, Math.min(MOST, (rows + each - 1) / each));
  }
}
