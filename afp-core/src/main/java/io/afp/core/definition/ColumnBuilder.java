package io.afp.core.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Declares a column in Java, with the words of the YAML. */
public final class ColumnBuilder {

  private final Map<String, Object> tree = new LinkedHashMap<>();
  private final List<Object> checks = new ArrayList<>();

  ColumnBuilder(String type) {
    tree.put("type", type);
  }

  /** Null is not allowed. */
  public ColumnBuilder required() {
    return put("required", true);
  }

  /** Values are personal and never shown. */
  public ColumnBuilder pii() {
    return put("pii", true);
  }

  /** What the value means. */
  public ColumnBuilder description(String description) {
    return put("description", description);
  }

  /** For a source: the SQL expression over other columns that gives the value. */
  public ColumnBuilder expr(String expression) {
    return put("expr", expression);
  }

  /** Adds a rule that values other than null must obey. */
  public ColumnBuilder check(CheckBuilder check) {
    checks.add(check.tree());
    return put("checks", checks);
  }

  Map<String, Object> tree() {
    return tree;
  }

  private ColumnBuilder put(String key, Object value) {
    tree.put(key, value);
    return this;
  }
}
