package io.afp.examples;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the ledger of a project says. */
final class Ledger {

  private final ProjectCopy project;

  Ledger(ProjectCopy project) {
    this.project = project;
  }

  /** Every row of every table. */
  Map<String, List<String>> everything() {
    Map<String, List<String>> rows = new TreeMap<>();
    for (String row :
        project.rows(
            "SELECT relname AS t FROM pg_class WHERE relkind = 'r' AND relnamespace = 'afp'::regnamespace")) {
      String table = row.replaceAll("[{}]|t=", "");
      rows.put(table, project.rows("SELECT t::text FROM afp.%s t".formatted(table)));
    }
    return rows;
  }

  /** The pointers of main. */
  List<String> pointers() {
    return project.rows("SELECT * FROM iceberg_tables WHERE catalog_name = 'lake'");
  }

  /** The release that last wrote each interval of a table: {@code 2013-03 by 2}. */
  List<String> done(String table) {
    return project
        .rows(
            """
            SELECT unit || ' by ' || release_id AS d FROM afp.done
             WHERE table_namespace || '.' || table_name = '%s'
            """
                .formatted(table))
        .stream()
        .map(row -> row.replaceAll("[{}]|d=", ""))
        .toList();
  }
}
