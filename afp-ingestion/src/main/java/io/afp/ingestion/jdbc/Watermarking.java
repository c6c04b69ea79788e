package io.afp.ingestion.jdbc;

import io.afp.core.definition.JdbcSourceDef;
import io.afp.core.definition.JdbcSourceDef.Query;
import io.afp.core.definition.WriteDef.WriteMode;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.ingestion.jdbc.SourceColumn.Kind;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The watermark column of a source: what is new, and how far the source goes. */
final class Watermarking {

  private static final String PATH = "from.jdbc.watermark";

  private final SourceSession session;
  private final SourceColumn column;

  private Watermarking(SourceSession session, SourceColumn column) {
    this.session = session;
    this.column = column;
  }

  /** That of a source, if it has one. */
  static Optional<Watermarking> of(SourceSession session) {
    return session
        .source()
        .watermark()
        .map(name -> new Watermarking(session, ordered(session, name)));
  }

  private static SourceColumn ordered(SourceSession session, String name) {
    SourceColumn column = session.columns().named(name, PATH);
    if (!column.kind().isTime() && !column.kind().isNumber()) {
      throw unfit(session, PATH, name, column, "it is neither a time nor a whole or exact number");
    }
    if (column.kind() == Kind.DATE && session.table().write().mode() == WriteMode.APPEND) {
      throw unfit(session, PATH, name, column, "rows of its last day that come later are not read");
    }
    if (!session.source().overlap().isZero() && !column.kind().isTime()) {
      throw unfit(session, "from.jdbc.overlap", name, column, "a time can't be taken off a number");
    }
    return column;
  }

  /** How many rows are read again, for people. */
  String again(long rows) {
    return session.source().overlap().isZero()
        ? ", %d rows with it".formatted(rows)
        : ", %d rows in the overlap".formatted(rows);
  }

  private static AfpException unfit(
      SourceSession session, String path, String name, SourceColumn column, String why) {
    return AfpException.at(
        new Location(session.table().file(), 0, path),
        ErrorCode.SOURCE_WRONG,
        "Cannot use column %s of %s as it is: %s (type=%s)"
            .formatted(name, session.source().title(), why, column.typeName()),
        "Name another column, or remove " + path + ".");
  }

  SourceColumn column() {
    return column;
  }

  /** Of which source and column a value is: it says nothing about another one. */
  String identity() {
    JdbcSourceDef source = session.source();
    String relation =
        source.relation() instanceof Query query
            ? "query " + UUID.nameUUIDFromBytes(query.body().getBytes(StandardCharsets.UTF_8))
            : source.relation().toString();
    return "%s/%s/%s".formatted(source.connection(), relation, column.name());
  }

  /** The greatest value of the source; empty when there is none. */
  Optional<String> highest() throws SQLException {
    Dialect dialect = session.dialect();
    String max = dialect.text(column, "max(%s)".formatted(dialect.quoted(column)));
    String sql =
        "SELECT %s FROM %s WHERE %s".formatted(max, session.from(), dialect.placed(column));
    return session.values(column, sql).stream().filter(Objects::nonNull).findFirst();
  }

  /** How many rows have no place: null, or infinite. */
  long unplaced() throws SQLException {
    return session.dialect().mayBeUnplaced(column) ? count(session.dialect().unplaced(column)) : 0;
  }

  /** How many rows are read again, were the source read up to a value: those of the overlap. */
  long inOverlap(String highest) throws SQLException {
    return count("%s AND %s".formatted(above(highest), upTo(highest)));
  }

  private long count(String condition) throws SQLException {
    return session.count("SELECT count(*) FROM %s WHERE %s".formatted(session.from(), condition));
  }

  /**
   * Which rows are read: those above the last watermark less the overlap, up to the greatest value,
   * and those that have no place. Where rows are merged, those at the border are read again: more
   * may have come with the same value.
   *
   * @return empty when there are none but those without a place
   */
  String condition(Optional<String> last, Optional<String> highest) {
    String newer =
        highest
            .map(high -> last.map(low -> above(low) + " AND ").orElse("") + upTo(high))
            .orElse("1 = 0");
    return session.dialect().mayBeUnplaced(column)
        ? "(%s) OR %s".formatted(newer, session.dialect().unplaced(column))
        : newer;
  }

  private String above(String value) {
    String from = Values.minus(column.kind(), value, session.source().overlap());
    return "%s %s %s"
        .formatted(quoted(), readsAgain() ? ">=" : ">", session.dialect().literal(column, from));
  }

  /** Whether a row may be read more than once. */
  boolean readsAgain() {
    return session.table().write().mode() != WriteMode.APPEND;
  }

  private String upTo(String value) {
    return "%s <= %s".formatted(quoted(), session.dialect().literal(column, value));
  }

  private String quoted() {
    return session.dialect().quoted(column);
  }
}
