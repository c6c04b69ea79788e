package io.afp.ingestion.infer;

import java.util.Optional;

/** The table file for a table of a database; what is to be decided stands in comments. */
final class RelationText {

  private final InferredRelation table;
  private final StringBuilder text = new StringBuilder();

  private RelationText(InferredRelation table) {
    this.table = table;
  }

  static String of(InferredRelation table) {
    return new RelationText(table).write();
  }

  private String write() {
    line(
        "# Made from %s, as the database describes it. Look at what is personal, and at how rows are loaded."
            .formatted(table.source().title()));
    line("from: %s".formatted(from(Optional.empty())));
    line("columns:");
    ColumnLines.of(table.columns()).forEach(this::line);
    table.notLoaded().forEach(column -> line("  # not loaded: " + column));
    line(
        table.key().isEmpty()
            ? "# key: []   # the database has no primary key that can be declared"
            : "key: [%s]".formatted(String.join(", ", table.key())));
    table.watermark().filter(column -> !table.key().isEmpty()).ifPresent(this::watermark);
    table.interval().ifPresent(this::interval);
    return text.toString();
  }

  private void watermark(InferredColumn column) {
    line("# To read only rows that have changed since the last run:");
    line("# from: " + from(Optional.of(column.from().map(Quoted::of).orElse(column.name()))));
    line("# write: { mode: upsert, as_of: %s }".formatted(column.name()));
  }

  private void interval(String column) {
    line("# To read one interval of the pipeline at a time:");
    line("# partition_by: [month(%s)]".formatted(column));
    line("# write: { interval_column: %s }".formatted(column));
  }

  private String from(Optional<String> watermark) {
    return "{ jdbc: { connection: %s, table: %s%s } }"
        .formatted(
            table.source().connection(),
            Quoted.of(table.source().relation()),
            watermark.map(", watermark: %s, overlap: PT1H"::formatted).orElse(""));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
