package io.afp.core.definition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table or a query of a database that fills a table.
 *
 * @param connection the name of the database under {@code connections} of the settings
 * @param relation what is read there
 * @param split how it is read in parallel
 * @param watermark the column of the source that grows with each change, so that only what is newer
 *     is read
 * @param overlap how far behind the last watermark is read again, for changes that came late
 * @param fetchSize how many rows come with one answer of the database
 * @param deletes how it is noticed that a row is gone
 * @param onChange what happens when rows of a done interval are not those that were loaded
 */
public record JdbcSourceDef(
    String connection,
    Relation relation,
    Split split,
    Optional<String> watermark,
    Duration overlap,
    int fetchSize,
    Deletes deletes,
    OnChange onChange)
    implements SourceDef {

  /** The same with another policy for changes. */
  JdbcSourceDef with(OnChange policy) {
    return new JdbcSourceDef(
        connection, relation, split, watermark, overlap, fetchSize, deletes, policy);
  }

  /** How rows that are gone are noticed. */
  public enum Deletes {
    /** Only by rows that say so. */
    NONE,
    /** All keys of the source are compared with those of the table. */
    COMPARE
  }

  /** What is read: a table or a query. */
  public sealed interface Relation permits NamedTable, Query {}

  /**
   * A table by its name, as the database has it.
   *
   * @param text parts with dots between them; a part in double quotes may have any character
   */
  public record NamedTable(String text) implements Relation {

    private static final String PART = "[^\".]+|\"(?:[^\"]|\"\")+\"";
    private static final Pattern WHOLE =
        Pattern.compile("(?:%s)(?:\\.(?:%s))*".formatted(PART, PART));
    private static final Pattern EACH = Pattern.compile(PART);

    /** Whether the text is a name. */
    public static boolean isName(String text) {
      return WHOLE.matcher(text).matches();
    }

    /** The parts without quotes: the schema, if there is one, comes before the table. */
    public List<String> parts() {
      return EACH.matcher(text).results().map(part -> unquoted(part.group())).toList();
    }

    private static String unquoted(String part) {
      return part.startsWith("\"")
          ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
          : part;
    }

    @Override
    public String toString() {
      return parts().stream().collect(Collectors.joining("."));
    }
  }

  /** The SQL of the user. */
  public record Query(String sql) implements Relation {

    private static final Pattern END = Pattern.compile("[\\s;]+$");

    /** The query without the semicolon that ends it. */
    public String body() {
      Matcher end = END.matcher(sql);
      return end.find() ? sql.substring(0, end.start()) : sql;
    }

    @Override
    public String toString() {
      return "query";
    }
  }

  /**
   * How the rows are divided among readers.
   *
   * @param by the column whose ranges they read; without it the key of the table, if it is one
   *     column and no query is read
   * @param count how many there are
   * @param rows how many rows each of them reads, which decides how many there are
   */
  public record Split(Optional<String> by, OptionalInt count, OptionalLong rows) {}

  /** What is read, for people: {@code crm/public.orders}. */
  public String title() {
    return connection + "/" + relation;
  }
}
