package io.afp.core.definition;

import io.afp.core.error.ErrorCode;
import io.afp.core.yaml.Document;
import io.afp.core.yaml.Value;
import java.util.List;
import java.util.Optional;

/**
 * A table while its rules are checked, together with the text it was read from.
 *
 * @param root its file, for places and for what is written even if it could not be read
 * @param interval the interval of its pipeline; empty also when it could not be read
 * @param hasInterval whether the pipeline declares an interval, readable or not
 * @param outside whether no pipeline fills the table: then it may have other columns than are
 *     named, nothing is written and nothing is remembered
 */
record TableContext(
    TableDef table,
    Value root,
    Optional<IntervalDef> interval,
    boolean hasInterval,
    boolean outside) {

  /** A table that no pipeline fills. */
  static TableContext outside(TableDef table, Value root) {
    return new TableContext(table, root, Optional.empty(), false, true);
  }

  private Document document() {
    return root.document();
  }

  /** Whether something is written at this YAML path, readable or not. */
  boolean has(String path) {
    return document().has(path);
  }

  /** The YAML path of an item of a list that was read. */
  String item(String list, int index) {
    return document().item(list, index);
  }

  /** The columns that are written, readable or not. */
  List<String> columnNames() {
    return columnNames(root);
  }

  static List<String> columnNames(Value root) {
    return root.find("columns").map(Value::keys).orElse(List.of());
  }

  void error(ErrorCode code, String path, String message, String fix) {
    document().error(code, path, message, fix);
  }

  void warning(ErrorCode code, String path, String message, String fix) {
    document().warning(code, path, message, fix);
  }
}
