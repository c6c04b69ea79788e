package io.afp.ingestion.infer;

import io.afp.core.definition.FileSourceDef;
import io.afp.core.error.Count;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The table file, with what is known of each column as a comment. */
final class TableText {

  private final InferredTable table;
  private final StringBuilder text = new StringBuilder();

  private TableText(InferredTable table) {
    this.table = table;
  }

  static String of(InferredTable table) {
    return new TableText(table).write();
  }

  private String write() {
    line("# Made from %s. Look at types, at what is required, and for a key.".formatted(seen()));
    line("from: { %s }".formatted(String.join(", ", from(table.source()))));
    line("columns:");
    ColumnLines.of(table.columns()).forEach(this::line);
    table.notLoaded().forEach(field -> line("  # not loaded: " + field));
    key();
    malformed();
    return text.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private String seen() {
    Sample sample = table.sample();
    String files = Count.of(sample.ofFiles(), "file");
    return sample.isAll()
        ? "all %s of %s".formatted(rows(), files)
        : "a sample: %s, the first ones of %d of %s"
            .formatted(rows(), sample.files().size(), files);
  }

  private String rows() {
    return "%,d %s".formatted(table.rows(), table.rows() == 1 ? "row" : "rows");
  }

  private static List<String> from(FileSourceDef source) {
    List<String> keys = new ArrayList<>();
    keys.add("files: " + Quoted.of(source.files()));
    keys.add("format: " + source.format());
    if (!source.csv().header()) {
      keys.add("header: false");
    }
    if (!source.csv().delimiter().equals(",")) {
      keys.add("delimiter: " + Quoted.of(source.csv().delimiter()));
    }
    if (!source.encoding().equals(StandardCharsets.UTF_8)) {
      keys.add("encoding: " + Quoted.of(source.encoding().name()));
    }
    if (!source.nullValues().isEmpty()) {
      keys.add(
          source.nullValues().stream()
              .map(Quoted::ifNeeded)
              .collect(Collectors.joining(", ", "null_values: [", "]")));
    }
    return keys;
  }

  private void key() {
    if (!table.key().isEmpty()) {
      String where = table.sample().isAll() ? "in all rows" : "in the sample";
      line("# key: [%s]   # unique %s".formatted(String.join(", ", table.key()), where));
    }
  }

  private void malformed() {
    if (table.malformed() > 0) {
      line(
          "# rejects: { at_most: 1%% }   # %s can't be split into the fields"
              .formatted(Count.of(table.malformed(), "row")));
    }
  }
}
