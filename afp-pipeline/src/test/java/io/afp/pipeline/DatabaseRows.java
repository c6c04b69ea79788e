package io.afp.pipeline;

import io.afp.core.ledger.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The rows of a project's database as JSON, but for the {@link NotCompared}. The queries are made
 * of the catalog of the server: a table or a column that comes later is there by itself.
 */
final class DatabaseRows {

  private final Handle handle;
  private final Map<String, String> renamed = new LinkedHashMap<>();

  private DatabaseRows(Handle handle, Path root) {
    this.handle = handle;
    renamed.put(root.toString(), "");
    List<String> runs = texts("SELECT id::text FROM afp.run ORDER BY created_at");
    runs.forEach(id -> renamed.put(id, "run " + renamed.size()));
  }

  /** A column of a table or view. */
  record Column(String table, String name, String type) {

    String declaration() {
      return name + " " + type;
    }
  }

  /**
   * The ledger, the catalog, and what AFP knows of what it serves. The views of the ledger show
   * nothing that its tables do not have.
   */
  static Map<String, List<String>> ofTheLedger(Database database, Path root) {
    return database.inTransaction(
        handle -> {
          DatabaseRows rows = new DatabaseRows(handle, root);
          Map<String, List<String>> all = rows.of("afp", "ledger ");
          all.keySet().removeIf(name -> name.startsWith("ledger v_"));
          all.putAll(rows.of("public", "catalog "));
          all.putAll(rows.of("afp_serving", "serving "));
          return all;
        });
  }

  /** What users find in their own schemas. */
  static Map<String, List<String>> served(Database database, Path root) {
    return database.inTransaction(
        handle -> {
          DatabaseRows rows = new DatabaseRows(handle, root);
          Map<String, List<String>> all = new TreeMap<>();
          for (String schema : rows.texts(SERVED_SCHEMAS)) {
            all.putAll(rows.of(schema, "served " + schema + "."));
          }
          return all;
        });
  }

  /** The pointers of main, with everything that they say. */
  static List<String> pointers(Database database) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "SELECT row_to_json(t)::text FROM iceberg_tables t WHERE catalog_name = 'lake' ORDER BY 1")
                .mapTo(String.class)
                .list());
  }

  private static final String SERVED_SCHEMAS =
      """
      SELECT nspname FROM pg_namespace
       WHERE nspname NOT IN ('afp', 'afp_serving', 'public', 'information_schema') AND nspname NOT LIKE 'pg\\_%'
      """;

  /** The columns and the rows of every table and view of a schema, the rows sorted. */
  private Map<String, List<String>> of(String schema, String prefix) {
    Map<String, List<String>> rows = new TreeMap<>();
    columns(schema)
        .forEach(
            (table, columns) -> {
              String name = prefix + NotCompared.name(table);
              rows.computeIfAbsent(name, n -> new ArrayList<>())
                  .addAll(rows(NotCompared.query(schema, table, columns)));
              rows.computeIfAbsent(name + " columns", n -> new ArrayList<>())
                  .addAll(columns.stream().map(Column::declaration).toList());
            });
    return rows;
  }

  private Map<String, List<Column>> columns(String schema) {
    return handle
        .createQuery(
            """
            SELECT relname, attname, format_type(atttypid, atttypmod)
              FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace
             WHERE nspname = :schema AND relkind IN ('r', 'p', 'v', 'm') AND attnum > 0 AND NOT attisdropped
             ORDER BY relname, attnum
            """)
        .bind("schema", schema)
        .map((row, context) -> new Column(row.getString(1), row.getString(2), row.getString(3)))
        .stream()
        .collect(Collectors.groupingBy(Column::table, LinkedHashMap::new, Collectors.toList()));
  }

  /** The names of the columns of the ledger and its neighbours, alone and with their table's. */
  static Set<String> columnsOfTheLedger(Database database) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT unnest(ARRAY[column_name, table_name || '.' || column_name])
                      FROM information_schema.columns WHERE table_schema IN ('afp', 'public', 'afp_serving')
                    """)
                .mapTo(String.class)
                .set());
  }

  private List<String> rows(String sql) {
    return texts("SELECT row_to_json(r)::text FROM (%s) r".formatted(sql)).stream()
        .map(this::rename)
        .sorted()
        .toList();
  }

  private String rename(String row) {
    String text = row;
    for (Map.Entry<String, String> name : renamed.entrySet()) {
      text = text.replace(name.getKey(), name.getValue());
    }
    return text;
  }

  private List<String> texts(String sql) {
    return handle.createQuery(sql).mapTo(String.class).list();
  }
}
