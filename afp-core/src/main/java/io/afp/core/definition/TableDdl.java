package io.afp.core.definition;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The statement of Spark SQL that creates the table of a definition: with the columns, types,
 * comments and partitions that a run gives it. A run also sets a sort order and properties, which
 * change how files are written and not what a reader sees.
 */
public final class TableDdl {

  private TableDdl() {}

  /** The statement, without an end; a view has none. */
  public static String of(TableDef table) {
    String columns =
        table.columns().stream().map(TableDdl::column).collect(Collectors.joining(",\n"));
    return "CREATE TABLE %s.%s (\n%s\n) USING iceberg%s"
        .formatted(
            name(table.name().namespace()),
            name(table.name().name()),
            columns,
            partitions(table.partitionBy()));
  }

  private static String column(ColumnDef column) {
    String comment = column.description().map(text -> " COMMENT " + literal(text)).orElse("");
    return "  %s %s%s".formatted(name(column.name()), column.type().sql(), comment);
  }

  private static String partitions(List<PartitionField> fields) {
    return fields.isEmpty()
        ? ""
        : fields.stream()
            .map(TableDdl::partition)
            .collect(Collectors.joining(", ", "\nPARTITIONED BY (", ")"));
  }

  private static String partition(PartitionField field) {
    String column = name(field.column());
    String transform = field.transform().name().toLowerCase(Locale.ROOT);
    return switch (field.transform()) {
      case IDENTITY -> column;
      case YEAR, MONTH, DAY, HOUR -> "%ss(%s)".formatted(transform, column);
      case BUCKET, TRUNCATE -> "%s(%d, %s)".formatted(transform, field.width(), column);
    };
  }

  private static String name(String name) {
    return "`%s`".formatted(name.replace("`", "``"));
  }

  private static String literal(String text) {
    return "'%s'".formatted(text.replace("\\", "\\\\").replace("'", "\\'"));
  }
}
