package io.afp.core.definition;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table as it is defined: where its rows come from, its contract, how it is written, judged and
 * served.
 *
 * <p>Exactly one of {@code source} and {@code model} is present.
 *
 * @param file the YAML file, as a user would name it; empty for a table defined in Java
 * @param columns the contract, in order
 * @param key the columns that identify a row; may be empty
 * @param rejects what happens with rows of a source that break the contract
 * @param checks the checks of the table as a whole; those of a column are in the column
 */
public record TableDef(
    TableName name,
    String file,
    Optional<String> description,
    Optional<SourceDef> source,
    Optional<ModelDef> model,
    List<ColumnDef> columns,
    List<String> key,
    List<PartitionField> partitionBy,
    WriteDef write,
    RejectsDef rejects,
    List<CheckDef> checks,
    Optional<ServeDef> serve) {

  public TableDef {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    partitionBy = List.copyOf(partitionBy);
    checks = List.copyOf(checks);
  }

  /** Starts a table in Java; {@code namespace.name}. */
  public static TableBuilder named(String name) {
    return new TableBuilder(name);
  }

  /** The column with this name. */
  public Optional<ColumnDef> column(String column) {
    return columns.stream().filter(c -> c.name().equals(column)).findFirst();
  }

  /**
   * The column that says to which interval a row belongs; empty for a table without an interval.
   */
  public Optional<ColumnDef> intervalColumn() {
    return write.intervalColumn().flatMap(this::column);
  }

  /** Whether runs fill this table one interval at a time. */
  public boolean hasInterval() {
    return write.intervalColumn().isPresent();
  }

  /**
   * Every check of this table, in the order of declaration: {@code required} and the others of each
   * column, then the key, then those of the table. For a source, {@code required} is no check,
   * because such rows are rejected on the way in.
   */
  public List<CheckDef> allChecks() {
    Stream<CheckDef> ofColumns = columns.stream().flatMap(this::checksOf);
    Stream<CheckDef> ofKey = key.isEmpty() ? Stream.of() : Stream.of(CheckDef.key(name, key));
    return Stream.of(ofColumns, ofKey, checks.stream()).flatMap(s -> s).toList();
  }

  /** The checks that follow from other keys of the table. */
  List<CheckDef> impliedChecks() {
    Stream<CheckDef> ofColumns = columns.stream().flatMap(this::impliedBy);
    Stream<CheckDef> ofKey = key.isEmpty() ? Stream.of() : Stream.of(CheckDef.key(name, key));
    return Stream.concat(ofColumns, ofKey).toList();
  }

  private Stream<CheckDef> checksOf(ColumnDef column) {
    return Stream.concat(impliedBy(column), column.checks().stream());
  }

  private Stream<CheckDef> impliedBy(ColumnDef column) {
    boolean judged = column.required() && model.isPresent();
    return judged ? Stream.of(CheckDef.required(name, column.name())) : Stream.of();
  }
}
