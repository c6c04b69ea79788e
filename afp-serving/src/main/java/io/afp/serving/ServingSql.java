package io.afp.serving;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.ServeDef;
import io.afp.core.definition.TableDef;
import java.nio.charset.StandardCharsets;
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
   * Other declarations of the same target get other tables, and no name is too long for Postgres.
   */
  private static String dataTable(ServeDef serve, long release) {
    String target = serve.target().namespace() + "_" + serve.target().name();
    String readable = target.substring(0, Math.min(target.length(), NAME_LIMIT));
    UUID hash = UUID.nameUUIDFromBytes(serve.toString().getBytes(StandardCharsets.UTF_8));
    return "%s_%s_r%d".formatted(readable, hash.toString().substring(0, 8), release);
  }

  /** AFP's own tables in the serving database; the last one is {@code part}. */
  static List<String> tables() {
    return List.of(
        """
        CREATE TABLE IF NOT EXISTS afp_serving.load (
          target text PRIMARY KEY, release bigint NOT NULL, data_table text NOT NULL, rows bigint NOT NULL,
          bytes bigint NOT NULL, run_id uuid NOT NULL, loaded_at timestamptz NOT NULL DEFAULT now())
        """,
        """
        CREATE TABLE IF NOT EXISTS afp_serving.data_table (
          name text PRIMARY KEY, target text NOT NULL, created_at timestamptz NOT NULL DEFAULT now())
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
    return table.columns().stream()
        .map(c -> quote(c.name()) + " " + type(c.type()))
        .collect(Collectors.joining(", ", "CREATE TABLE " + qualifiedData() + " (", ")"));
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
  List<String> finish() {
    List<String> statements = new ArrayList<>();
    if (!table.key().isEmpty()) {
      statements.add(
          "ALTER TABLE %s ADD PRIMARY KEY (%s)".formatted(qualifiedData(), list(table.key())));
    }
    serve
        .indexes()
        .forEach(
            index ->
                statements.add("CREATE INDEX ON %s (%s)".formatted(qualifiedData(), list(index))));
    statements.add("ANALYZE " + qualifiedData());
    return statements;
  }

  private static String list(List<String> columns) {
    return columns.stream().map(ServingSql::quote).collect(Collectors.joining(", "));
  }

  String targetSchema() {
    return quote(serve.target().namespace());
  }

  String dropView() {
    return "DROP VIEW " + qualifiedTarget();
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
        "COMMENT ON VIEW %s IS %s".formatted(qualifiedTarget(), comment(table.description())));
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
