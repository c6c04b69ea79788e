package io.afp.ingestion.infer;

import io.afp.core.definition.FileSourceDef;
import io.afp.core.error.Count;
import io.afp.ingestion.infer.InferredInterval.IntervalColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table file, with what is known of each column as a comment. */
final class TableText {

  /** Up to a tenth of the rows may be wrong; what is wrong with more is how they are read. */
  private static final int MANY = 10;

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
    Optional<InferredInterval> declared = table.interval().filter(InferredInterval::isDeclared);
    declared.ifPresent(this::needed);
    line("from: " + from(declared.map(InferredInterval::files).orElse(table.source().files())));
    line("columns:");
    ColumnLines.of(table.columns()).forEach(this::line);
    declared.flatMap(InferredInterval::computed).ifPresent(column -> line("  " + computed(column)));
    table.notLoaded().forEach(field -> line("  # not loaded: " + field));
    if (table.columns().isEmpty()) {
      line(
          "  # No column can be declared. Are they files of one kind? If not, name some:"
              + " DIR/*.csv");
    }
    keys();
    declared.ifPresent(this::declared);
    table.interval().filter(i -> !i.isDeclared()).ifPresent(this::proposed);
    malformed();
    oneObject();
    return text.toString();
  }

  private void needed(InferredInterval interval) {
    line(
        "# The names of the files have a %1$s: pipeline.yaml has to have interval: { unit: %1$s }"
            .formatted(interval.unitName()));
  }

  private static String computed(IntervalColumn column) {
    return "%s: { type: %s, expr: %s }   # computed: no field of the files"
        .formatted(column.name(), column.type(), Quoted.of(column.expr().orElseThrow()));
  }

  private void declared(InferredInterval interval) {
    IntervalColumn column = interval.column().orElseThrow();
    line("partition_by: [%s]".formatted(column.partition()));
    line(
        "write: { interval_column: %s }   # %s"
            .formatted(column.name(), String.join("; ", interval.why())));
  }

  /** For somebody who knows more. */
  private void proposed(InferredInterval interval) {
    String unit = interval.unitName();
    line("# The names of the files have a %s: %s".formatted(unit, Quoted.of(interval.files())));
    if (interval.column().isEmpty()) {
      String why = interval.why().isEmpty() ? "" : ": " + String.join("; ", interval.why());
      line("# No column has only values of the %s of its file%s.".formatted(unit, why));
      line("# So all files are read as a whole, until a column is found or computed that has.");
      return;
    }
    IntervalColumn column = interval.column().get();
    line(
        "# To load one %1$s at a time, write interval: { unit: %1$s } in pipeline.yaml, and here:"
            .formatted(unit));
    line("# from: " + from(interval.files()));
    interval.computed().ifPresent(c -> line("#   " + computed(c)));
    line("# partition_by: [%s]".formatted(column.partition()));
    line(
        "# write: { interval_column: %s }   # %s"
            .formatted(column.name(), String.join("; ", interval.why())));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private String seen() {
    Sample sample = table.sample();
    String files = Count.of(sample.ofFiles(), "file");
    return sample.isAll()
        ? "%s of %s".formatted(Count.all(table.rows(), "row"), files)
        : "a sample: %s, the first ones of %d of %s"
            .formatted(Count.of(table.rows(), "row"), sample.files().size(), files);
  }

  private String from(String files) {
    FileSourceDef source = table.source();
    List<String> keys = new ArrayList<>();
    keys.add("files: " + Quoted.of(files));
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
    return "{ %s }".formatted(String.join(", ", keys));
  }

  private void keys() {
    String where = table.sample().isAll() ? "in all rows" : "in the sample";
    table
        .keys()
        .forEach(key -> line("# key: [%s]   # unique %s".formatted(String.join(", ", key), where)));
  }

  private void malformed() {
    if (table.malformed() == 0) {
      return;
    }
    String rows = Count.of(table.malformed(), "row");
    line(
        table.malformed() * MANY > table.rows()
            ? "# %s of %,d can't be split into these fields: is the first line the header, and the delimiter right?"
                .formatted(rows, table.rows())
            : "# rejects: { at_most: 1%% }   # %s can't be split into the fields".formatted(rows));
  }

  /** What another program has written as one document. */
  private void oneObject() {
    if (table.source().format().isJson() && table.rows() == 1) {
      line(
          "# The file is one object. If rows are in a list inside, AFP needs that list as a file:");
      line("# jq .LIST file.json > list.json");
    }
  }
}
