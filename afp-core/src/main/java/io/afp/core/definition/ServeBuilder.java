package io.afp.core.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says how a table is served in Postgres, with the words of the YAML. */
public final class ServeBuilder {

  private final Map<String, Object> tree = new LinkedHashMap<>();
  private final List<Object> indexes = new ArrayList<>();
  private final List<Object> grants = new ArrayList<>();

  ServeBuilder(String target) {
    tree.put("postgres", target);
    tree.put("indexes", indexes);
    tree.put("grants", grants);
  }

  /** Adds an index over these columns. */
  public ServeBuilder index(String... columns) {
    indexes.add(List.of(columns));
    return this;
  }

  /** Lets these roles read the table. */
  public ServeBuilder grant(String... roles) {
    grants.addAll(List.of(roles));
    return this;
  }

  /** Writes only the rows that differ, and deletes those that are no longer there. */
  public ServeBuilder upsert() {
    tree.put("mode", "upsert");
    return this;
  }

  Map<String, Object> tree() {
    return tree;
  }
}
