package io.afp.core.definition;

import io.afp.core.error.AfpException;
import io.afp.core.error.Problems;
import io.afp.core.yaml.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Declares the checks of a table that no pipeline fills, with the words and the rules of a checks
 * file.
 *
 * <p>Nothing is checked before {@code build}, which then reports all problems at once. Not
 * thread-safe.
 */
public final class TableChecksBuilder {

  private final String name;
  private final Map<String, Object> tree = new LinkedHashMap<>();
  private final Map<String, Object> columns = new LinkedHashMap<>();
  private final List<Object> checks = new ArrayList<>();

  TableChecksBuilder(String name) {
    this.name = name;
    tree.put("table", name);
  }

  /** What a row of the table means. */
  public TableChecksBuilder description(String description) {
    tree.put("description", description);
    return this;
  }

  /**
   * The rules about a column of the data; a second call for a column counts in place of the first.
   */
  public TableChecksBuilder column(String column, UnaryOperator<ColumnBuilder> details) {
    columns.put(column, details.apply(new ColumnBuilder()).tree());
    tree.put("columns", columns);
    return this;
  }

  /** The columns that identify a row. */
  public TableChecksBuilder key(String... key) {
    tree.put("key", List.of(key));
    return this;
  }

  /** Adds a rule about whole rows or their number. */
  public TableChecksBuilder check(CheckBuilder check) {
    checks.add(check.tree());
    tree.put("checks", checks);
    return this;
  }

  /**
   * The checks.
   *
   * @throws AfpException with all problems
   */
  public TableChecks build() {
    Problems problems = new Problems();
    Optional<TableChecks> read = TableChecks.read(Document.of(tree, name, problems), problems);
    problems.throwIfErrors();
    return read.orElseThrow();
  }
}
