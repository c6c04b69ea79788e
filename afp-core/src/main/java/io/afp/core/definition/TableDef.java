package io.afp.core.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table as it is defined: where its rows come from, its contract, how it is written, judged and
 * served.
 *
 * <p>Exactly one of {@code source} and {@code model} is present.
 *
 * @param file the YAML file, as a user would name it; empty for a table defined in Java
 * @param declared the contract, in order; behind it those of {@code metadata}, then those that AFP
 *     adds to a history
 * @param key the columns that identify a row; may be empty
 * @param duplicates what a source does with rows of one key
 * @param drift what happens when a source has other columns
 * @param metadata the columns that say of a row of a source where it comes from
 * @param rejects what happens with rows of a source that break the contract
 * @param keep how long rows that did not get into it are kept beside it
 * @param checks the checks of the table as a whole; those of a column are in the column
 */
public record TableDef(
    TableName name,
    String file,
    Optional<String> description,
    Optional<SourceDef> source,
    Optional<ModelDef> model,
    List<ColumnDef> declared,
    List<String> key,
    Duplicates duplicates,
    List<PartitionField> partitionBy,
    List<SortField> sortBy,
    LayoutDef layout,
    MetadataDef metadata,
    WriteDef write,
    DriftDef drift,
    RejectsDef rejects,
    KeepDef keep,
    List<CheckDef> checks,
    Optional<ServeDef> serve) {

  public TableDef {
    declared = List.copyOf(declared);
    key = List.copyOf(key);
    partitionBy = List.copyOf(partitionBy);
    sortBy = List.copyOf(sortBy);
    checks = List.copyOf(checks);
  }

  /** Starts a table in Java; {@code namespace.name}. */
  public static TableBuilder named(String name) {
    return new TableBuilder(name);
  }

  /** The files that fill the table, where files do. */
  public Optional<FileSourceDef> fileSource() {
    return source.filter(FileSourceDef.class::isInstance).map(FileSourceDef.class::cast);
  }

  /** The database that fills the table, where one does. */
  public Optional<JdbcSourceDef> jdbcSource() {
    return source.filter(JdbcSourceDef.class::isInstance).map(JdbcSourceDef.class::cast);
  }

  /** The class that fills the table, where one does. */
  public Optional<CustomSourceDef> customSource() {
    return source.filter(CustomSourceDef.class::isInstance).map(CustomSourceDef.class::cast);
  }

  /** The query that fills the table, where one does. */
  public Optional<ModelDef.Query> query() {
    return model.filter(ModelDef.Query.class::isInstance).map(ModelDef.Query.class::cast);
  }

  /** The same table with these declared columns. */
  public TableDef withColumns(List<ColumnDef> others) {
    return new TableDef(
        name,
        file,
        description,
        source,
        model,
        others,
        key,
        duplicates,
        partitionBy,
        sortBy,
        layout,
        metadata,
        write,
        drift,
        rejects,
        keep,
        checks,
        serve);
  }

  /** The same table with the columns of its key only. */
  public TableDef onlyKey() {
    return new TableDef(
        name,
        file,
        description,
        source,
        model,
        declared.stream().filter(column -> key.contains(column.name())).toList(),
        key,
        Duplicates.CHECK,
        partitionBy,
        sortBy,
        layout,
        MetadataDef.NONE,
        write,
        drift,
        rejects,
        keep,
        List.of(),
        Optional.empty());
  }

  /** What happens when its source changes after it was loaded. */
  public OnChange onChange() {
    return source.map(SourceDef::onChange).orElse(OnChange.RELOAD);
  }

  /** The columns of the table: those that are declared, but for those that are never written. */
  public List<ColumnDef> columns() {
    return declared.stream().filter(c -> c.protection() != Pii.DROP).toList();
  }

  /** The column of the table with this name. */
  public Optional<ColumnDef> column(String column) {
    return columns().stream().filter(c -> c.name().equals(column)).findFirst();
  }

  /** What happens when the source lacks a column; objects of JSON may leave out what is null. */
  private DriftDef.Policy missingColumns() {
    boolean mayLeaveOut = fileSource().filter(source -> source.format().isJson()).isPresent();
    return drift
        .missingColumns()
        .orElse(mayLeaveOut ? DriftDef.Policy.DISCARD : DriftDef.Policy.FREEZE);
  }

  /** What happens when the source lacks this column. */
  public DriftDef.Policy whereMissing(ColumnDef column) {
    return column.entry().mayBeMissing() ? DriftDef.Policy.DISCARD : missingColumns();
  }

  /** Whether rows can't be loaded from a source that lacks a column. */
  public boolean needs(ColumnDef column) {
    boolean isRead = column.expr().isEmpty() && column.entry().fallback().isEmpty();
    return isRead && (column.required() || whereMissing(column) == DriftDef.Policy.FREEZE);
  }

  /** Whether the source has a column of this name to read, and it is never written. */
  public boolean isDropped(String column) {
    return declared.stream().anyMatch(c -> c.name().equals(column) && c.protection() == Pii.DROP);
  }

  /** Whether values of a column are hashed, for which the settings need a key. */
  public boolean hashesValues() {
    return declared.stream().anyMatch(c -> c.protection() == Pii.HASH);
  }

  /** Whether values of a column are personal, whatever is written in their place. */
  public boolean hasPersonalValues() {
    return declared.stream().anyMatch(ColumnDef::pii);
  }

  /** Whether values of a column are kept out of all that is written. */
  public boolean keepsValuesOut() {
    return declared.stream().anyMatch(c -> c.protection().isKeptOut());
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
   * Whether its files are a landing folder: each that comes adds its rows once, and they stay when
   * it goes.
   */
  public boolean landsFiles() {
    boolean keeps = write.mode() == WriteDef.WriteMode.APPEND || write.mode().merges();
    return fileSource().isPresent() && !hasInterval() && keeps;
  }

  /** Whether the table is a view, which has no rows of its own. */
  public boolean isView() {
    return write.mode() == WriteDef.WriteMode.VIEW;
  }

  /** The columns of the table that a source or a model gives: all but those that AFP adds. */
  public List<ColumnDef> givenColumns() {
    return columns().stream().filter(c -> !isAdded(c)).toList();
  }

  /** The columns that a source reads or computes, also those that are never written. */
  public List<ColumnDef> sourceColumns() {
    return declared.stream().filter(c -> !isAdded(c)).toList();
  }

  /** The columns that are read from a source, and neither computed nor added by AFP. */
  public List<ColumnDef> readColumns() {
    return sourceColumns().stream().filter(c -> c.expr().isEmpty()).toList();
  }

  /** The same by the fields that they are read from, whose names are as they are compared. */
  public Map<String, List<ColumnDef>> byField() {
    return readColumns().stream()
        .collect(Collectors.groupingBy(ColumnDef::field, LinkedHashMap::new, Collectors.toList()));
  }

  /** The columns that are read from a field. */
  public List<ColumnDef> readFrom(String field) {
    return byField().getOrDefault(field, List.of());
  }

  /** The fields of a source that columns are read from, each once. */
  public List<String> fields() {
    return List.copyOf(byField().keySet());
  }

  private boolean isAdded(ColumnDef column) {
    return isOfHistory(column) || metadata.names().contains(column.name());
  }

  /** The columns of the rows that are written: all but those that AFP adds to a history. */
  public List<ColumnDef> writtenColumns() {
    return columns().stream().filter(c -> !isOfHistory(c)).toList();
  }

  private boolean isOfHistory(ColumnDef column) {
    return write.mode().keepsHistory() && HistoryColumns.NAMES.contains(column.name());
  }

  /** The columns that identify a row of the table: the key, and in a history the time too. */
  public List<String> rowKey() {
    return write.mode().keepsHistory()
        ? Stream.concat(key.stream(), Stream.of(HistoryColumns.VALID_FROM)).toList()
        : key;
  }

  /**
   * Every check of this table, in the order of declaration: {@code required} and the others of each
   * column, then the key, then those of the table. For a source, {@code required} is no check,
   * because such rows are rejected on the way in; where rows are merged by the key, the key is
   * none, because the write refuses a row without a key, and of several with one key it leaves one
   * in the table.
   */
  public List<CheckDef> allChecks() {
    Stream<CheckDef> ofColumns = columns().stream().flatMap(this::checksOf);
    return Stream.of(ofColumns, ofKey(), checks.stream()).flatMap(s -> s).toList();
  }

  /** The names of the checks that judge by history. */
  public Set<String> checksByHistory() {
    return allChecks().stream()
        .filter(check -> check.rule() instanceof CheckDef.Anomaly)
        .map(CheckDef::name)
        .collect(Collectors.toSet());
  }

  /** Whether checks keep rows out of it. */
  public boolean hasQuarantine() {
    return allChecks().stream().anyMatch(CheckDef::quarantine);
  }

  /** The checks that follow from other keys of the table. */
  List<CheckDef> impliedChecks() {
    Stream<CheckDef> ofColumns = columns().stream().flatMap(this::impliedBy);
    return Stream.concat(ofColumns, ofKey()).toList();
  }

  private Stream<CheckDef> ofKey() {
    boolean judged = !key.isEmpty() && !write.mode().merges();
    return judged ? Stream.of(CheckDef.key(name, key)) : Stream.of();
  }

  private Stream<CheckDef> checksOf(ColumnDef column) {
    return Stream.concat(impliedBy(column), column.checks().stream());
  }

  private Stream<CheckDef> impliedBy(ColumnDef column) {
    boolean judged = column.required() && model.isPresent();
    return judged ? Stream.of(CheckDef.required(name, column.name())) : Stream.of();
  }
}
