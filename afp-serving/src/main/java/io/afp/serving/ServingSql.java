package io.afp.serving;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.ServeDef;
import io.afp.core.definition.ServeDef.ServeMode;
import io.afp.core.definition.TableDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The statements that stage and publish one served table. All identifiers come from a definition,
 * and are quoted.
 */
final class ServingSql {

  /** The schema of AFP's own tables, and of those that hold served rows. */
  static final String SCHEMA = "afp_serving";

  private static final int NAME_LIMIT = 40;

  private final TableDef table;
  private final ServeDef serve;
  private final String data;

  ServingSql(TableDef table, ServeDef serve, long release) {
    this.table = table;
    this.serve = serve;
    this.data = dataTable(serve, release);
  }

  /**
   * Each load has a table of its own, also when two drivers serve the same release, and no name is
   * too long for Postgres.
   */
  private static String dataTable(ServeDef serve, long release) {
    String target = serve.target().namespace() + "_" + serve.target().name();
    String readable = target.substring(0, Math.min(target.length(), NAME_LIMIT));
    return "%s_r%d_%s".formatted(readable, release, UUID.randomUUID().toString().substring(0, 8));
  }

  /** What is declared, in one text: served again when it is another. */
  String declaration() {
    return serve.toString();
  }

  /** What an {@code upsert} needs to find unchanged, else the table is made anew. */
  Optional<String> shape() {
    return serve.mode() == ServeMode.UPSERT
        ? Optional.of("(%s) %s %s".formatted(definitions(), table.rowKey(), serve.indexes()))
        : Optional.empty();
  }

  /** AFP's own tables in the serving database; the last one is {@code part}. */
  static List<String> tables() {
    return List.of(
        """
        CREATE TABLE IF NOT EXISTS afp_serving.load (
          target text PRIMARY KEY, release bigint NOT NULL, declaration text NOT NULL, data_table text NOT NULL, shape text,
          rows bigint NOT NULL, bytes bigint NOT NULL, run_id uuid NOT NULL, loaded_at timestamptz NOT NULL DEFAULT now())
        """,
        """
        CREATE TABLE IF NOT EXISTS afp_serving.data_table (
          name text PRIMARY KEY, target text NOT NULL, release bigint NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now())
        """,
        """
        CREATE TABLE IF NOT EXISTS afp_serving.part (
          data_table text NOT NULL, partition int NOT NULL, rows bigint, bytes bigint, PRIMARY KEY (data_table, partition))
        """);
  }

  /** The name of the table that holds the rows. */
  String data() {
    return data;
  }

  String target() {
    return serve.target().toString();
  }

  private String qualifiedData() {
    return "afp_serving." + quote(data);
  }

  String qualifiedTarget() {
    return quote(serve.target().namespace()) + "." + quote(serve.target().name());
  }

  String drop() {
    return "DROP TABLE IF EXISTS " + qualifiedData();
  }

  String create() {
    return "CREATE TABLE %s (%s)".formatted(qualifiedData(), definitions());
  }

  private String definitions() {
    return table.columns().stream()
        .map(c -> quote(c.name()) + " " + type(c.type()))
        .collect(Collectors.joining(", "));
  }

  String copy() {
    return "COPY %s (%s) FROM STDIN".formatted(qualifiedData(), columns());
  }

  List<String> columnNames() {
    return table.columns().stream().map(ColumnDef::name).toList();
  }

  private String columns() {
    return list(columnNames());
  }

  /** Built after the load, which is faster than during it. */
  List<String> keyIndexesAndStatistics() {
    List<String> statements = new ArrayList<>(keyAndStatistics());
    serve
        .indexes()
        .forEach(
            index ->
                statements.add("CREATE INDEX ON %s (%s)".formatted(qualifiedData(), list(index))));
    return statements;
  }

  /** The key also finds rows that have it twice, or not at all. */
  List<String> keyAndStatistics() {
    List<String> statements = new ArrayList<>();
    if (!table.rowKey().isEmpty()) {
      statements.add(
          "ALTER TABLE %s ADD PRIMARY KEY (%s)".formatted(qualifiedData(), list(table.rowKey())));
    }
    statements.add("ANALYZE " + qualifiedData());
    return statements;
  }

  /** Puts the loaded table where it is served. */
  List<String> moveData() {
    return List.of(
        "ALTER TABLE %s SET SCHEMA %s".formatted(qualifiedData(), targetSchema()),
        "ALTER TABLE %s.%s RENAME TO %s"
            .formatted(targetSchema(), quote(data), quote(serve.target().name())));
  }

  /** Against other writers and changes of the table; readers are not kept waiting. */
  String lockTarget() {
    return "LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE".formatted(qualifiedTarget());
  }

  String deleteVanished() {
    String sameKey =
        table.rowKey().stream()
            .map(ServingSql::quote)
            .map(column -> "loaded.%1$s = served.%1$s".formatted(column))
            .collect(Collectors.joining(" AND "));
    return "DELETE FROM %s served WHERE NOT EXISTS (SELECT FROM %s loaded WHERE %s)"
        .formatted(qualifiedTarget(), qualifiedData(), sameKey);
  }

  /** The difference is taken first: a conflict would lock, and so write, rows that are equal. */
  String writeChanged() {
    String values =
        columnNames().stream()
            .filter(column -> !table.rowKey().contains(column))
            .map(ServingSql::quote)
            .map(column -> "%1$s = excluded.%1$s".formatted(column))
            .collect(Collectors.joining(", "));
    return "INSERT INTO %1$s (%2$s) (SELECT %2$s FROM %3$s EXCEPT ALL SELECT %2$s FROM %1$s) ON CONFLICT (%4$s) DO %5$s"
        .formatted(
            qualifiedTarget(),
            columns(),
            qualifiedData(),
            list(table.rowKey()),
            values.isEmpty() ? "NOTHING" : "UPDATE SET " + values);
  }

  private static String list(List<String> columns) {
    return columns.stream().map(ServingSql::quote).collect(Collectors.joining(", "));
  }

  String targetSchema() {
    return quote(serve.target().namespace());
  }

  String replaceView() {
    return "CREATE OR REPLACE VIEW %s AS SELECT %s FROM %s"
        .formatted(qualifiedTarget(), columns(), qualifiedData());
  }

  /** Rights and comments, as declared. Rights that were given otherwise stay. */
  List<String> dress() {
    List<String> statements = new ArrayList<>();
    for (String role : serve.grants()) {
      statements.add(
          "GRANT USAGE ON SCHEMA %s TO %s"
              .formatted(quote(serve.target().namespace()), quote(role)));
      statements.add("GRANT SELECT ON %s TO %s".formatted(qualifiedTarget(), quote(role)));
    }
    statements.add(
        "COMMENT ON %s %s IS %s"
            .formatted(
                serve.mode() == ServeMode.UPSERT ? "TABLE" : "VIEW",
                qualifiedTarget(),
                comment(table.description())));
    for (ColumnDef column : table.columns()) {
      statements.add(
          "COMMENT ON COLUMN %s.%s IS %s"
              .formatted(qualifiedTarget(), quote(column.name()), comment(column.description())));
    }
    return statements;
  }

  private static String type(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "boolean";
      case INT -> "integer";
      case LONG -> "bigint";
      case FLOAT -> "real";
      case DOUBLE -> "double precision";
      case DECIMAL -> "numeric(%d,%d)".formatted(type.precision(), type.scale());
      case STRING -> "text";
      case DATE -> "date";
      case TIMESTAMP -> "timestamptz";
      case TIMESTAMP_NTZ -> "timestamp";
      case BINARY -> "bytea";
    };
  }

  private static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** Null takes away the comment of an earlier release. */
  private static String comment(Optional<String> text) {
    return text.map(t -> "'" + t.replace("'", "''") + "'").orElse("NULL");
  }
}
