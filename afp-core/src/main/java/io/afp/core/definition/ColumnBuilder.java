package io.afp.core.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Declares a column in Java, with the words of the YAML. */
public final class ColumnBuilder {

  private final Map<String, Object> tree = new LinkedHashMap<>();
  private final List<Object> checks = new ArrayList<>();

  ColumnBuilder(String type) {
    tree.put("type", type);
  }

  /** For a column whose type is that of the data. */
  ColumnBuilder() {}

  /** Null is not allowed. */
  public ColumnBuilder required() {
    return put("required", true);
  }

  /** Values are personal and never shown. */
  public ColumnBuilder pii() {
    return put("pii", true);
  }

  /** What happens with values because they are personal. */
  public ColumnBuilder pii(Pii protection) {
    return put("pii", protection.name().toLowerCase(Locale.ROOT));
  }

  /** For a source: the field that the column is read from, where it has another name. */
  public ColumnBuilder from(String field) {
    return put("from", field);
  }

  /** For a source: the pattern of a date, a time or a number. */
  public ColumnBuilder format(String pattern) {
    return put("format", pattern);
  }

  /** For a source: where the clock stands that times without a zone are read from. */
  public ColumnBuilder zone(String zone) {
    return put("zone", zone);
  }

  /** For a source: what becomes of digits that a decimal has no place for. */
  public ColumnBuilder rounding(Rounding policy) {
    return put("rounding", policy.word());
  }

  /** For a source: the value in place of one that is missing or null. */
  public ColumnBuilder otherwise(String literal) {
    return put("default", literal);
  }

  /** For a source: files may lack the column, which is null then. */
  public ColumnBuilder mayBeMissing() {
    return put("may_be_missing", true);
  }

  /** For a source: a rule that rejects rows; {@code in}, {@code length} or {@code matches}. */
  public ColumnBuilder rejectUnless(CheckBuilder rule) {
    tree.putAll(rule.tree());
    return this;
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
