package io.afp.ingestion.infer;

import io.afp.core.definition.ColumnType.Kind;
import java.util.ArrayList;
import java.util.List;

/** The lines of columns in a table file, each with what is known of it as a comment. */
final class ColumnLines {

  private ColumnLines() {}

  static List<String> of(List<InferredColumn> columns) {
    List<String> names = columns.stream().map(c -> Quoted.key(c.name()) + ":").toList();
    List<String> values = columns.stream().map(ColumnLines::declaration).toList();
    String aligned = "  %-" + longest(names) + "s %-" + longest(values) + "s  # %s";
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      lines.add(aligned.formatted(names.get(i), values.get(i), columns.get(i).certainty()));
    }
    return lines;
  }

  private static int longest(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(1);
  }

  private static String declaration(InferredColumn column) {
    List<String> keys = new ArrayList<>();
    String type = column.choice().type().toString();
    boolean decimal = column.choice().type().kind() == Kind.DECIMAL;
    keys.add("type: " + (decimal ? Quoted.of(type) : type));
    column.from().ifPresent(field -> keys.add("from: " + Quoted.of(field)));
    column.choice().format().ifPresent(format -> keys.add("format: " + Quoted.of(format)));
    if (column.required()) {
      keys.add("required: true");
    }
    return "{ " + String.join(", ", keys) + " }";
  }
}
