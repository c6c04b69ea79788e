package io.afp.core.definition;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problems;
import io.afp.core.yaml.Document;
import io.afp.core.yaml.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Declares a table in Java, with the words and the rules of the YAML.
 *
 * <p>Nothing is checked before {@code build}, which then reports all problems at once. Not
 * thread-safe.
 */
public final class TableBuilder {

  private final String name;
  private final Map<String, Object> tree = new LinkedHashMap<>();
  private final Map<String, Object> columns = new LinkedHashMap<>();
  private final Map<String, Object> write = new LinkedHashMap<>();
  private final Map<String, Object> drift = new LinkedHashMap<>();
  private final Map<String, Object> layout = new LinkedHashMap<>();
  private final Map<String, Object> rejects = new LinkedHashMap<>();
  private final Map<String, Object> keep = new LinkedHashMap<>();
  private final List<Object> checks = new ArrayList<>();
  private Optional<ModelDef> model = Optional.empty();

  TableBuilder(String name) {
    this.name = name;
    tree.put("columns", columns);
  }

  /** What a row of the table means. */
  public TableBuilder description(String description) {
    return put("description", description);
  }

  /**
   * Fills the table from CSV files with a header; a path or glob with <code>${interval:pattern}
   * </code> fields.
   */
  public TableBuilder fromCsv(String files) {
    return fromCsv(files, csv -> csv);
  }

  /** Fills the table from CSV files. */
  public TableBuilder fromCsv(String files, UnaryOperator<CsvBuilder> csv) {
    return put("from", csv.apply(new CsvBuilder(files)).tree());
  }

  /**
   * Fills the table from files of any format; a path or glob with <code>${interval:pattern}</code>
   * fields.
   */
  public TableBuilder fromFiles(String files, FileFormat format) {
    return fromFiles(files, format, f -> f);
  }

  /** Fills the table from files of any format. */
  public TableBuilder fromFiles(
      String files, FileFormat format, UnaryOperator<FilesBuilder> details) {
    return put("from", details.apply(new FilesBuilder(files, format)).tree());
  }

  /**
   * Fills the table from a database.
   *
   * @param connection its name under {@code connections} of the settings
   */
  public TableBuilder fromJdbc(String connection, UnaryOperator<JdbcBuilder> details) {
    return put("from", details.apply(new JdbcBuilder(connection)).tree());
  }

  /**
   * Fills the table by a class that implements {@code io.afp.core.spi.Source}.
   *
   * @param arguments what the class is told
   */
  public TableBuilder fromCustom(String type, Map<String, String> arguments) {
    return put("from", Map.of("custom", Map.of("class", type, "arguments", arguments)));
  }

  /** Fills the table by a query. */
  public TableBuilder sql(String query) {
    model = Optional.of(new ModelDef.Query("", query));
    return this;
  }

  /** Fills the table by a class, an {@code io.afp.core.spi.Model}. */
  public TableBuilder model(Class<?> model) {
    return put("model", model.getName());
  }

  /** A Java program fills the table, through a job of its own. */
  public TableBuilder inJava() {
    model = Optional.of(new ModelDef.Program());
    return this;
  }

  /** Adds a column that may be null. */
  public TableBuilder column(String column, String type) {
    return column(column, type, c -> c);
  }

  /**
   * Adds a column.
   *
   * @throws AfpException if the table has a column of this name
   */
  public TableBuilder column(String column, String type, UnaryOperator<ColumnBuilder> details) {
    if (columns.containsKey(column)) {
      throw AfpException.at(
          new Location(name, 0, "columns." + column),
          ErrorCode.DUPLICATE_NAME,
          "Cannot add column %s to %s: it is there already".formatted(column, name),
          "Keep one of the two.");
    }
    columns.put(column, details.apply(new ColumnBuilder(type)).tree());
    return this;
  }

  /** Adds the columns that say of a row of a source where it comes from. */
  public TableBuilder metadata(UnaryOperator<MetadataBuilder> details) {
    return put("metadata", details.apply(new MetadataBuilder()).tree());
  }

  /** The columns that identify a row. */
  public TableBuilder key(String... key) {
    return put("key", List.of(key));
  }

  /** For a source: of rows with the same key one is loaded, and the others are rejected. */
  public TableBuilder rejectDuplicates() {
    return put("duplicates", "reject");
  }

  /**
   * How the files of the table are divided: {@code month(day)}, {@code bucket(16, id)}, {@code
   * carrier}.
   */
  public TableBuilder partitionBy(String... fields) {
    return put("partition_by", List.of(fields));
  }

  /** How the rows of a file are sorted: {@code carrier}, {@code day desc}. */
  public TableBuilder sortBy(String... fields) {
    return put("sort_by", List.of(fields));
  }

  /** The size after which a file is full, such as {@code 128MB}. */
  public TableBuilder targetFileSize(String size) {
    layout.put("target_file_size", size);
    return put("layout", layout);
  }

  /** How rows come to the tasks that write them: {@code hash}, {@code range} or {@code none}. */
  public TableBuilder distribution(String distribution) {
    layout.put("distribution", distribution);
    return put("layout", layout);
  }

  /**
   * Each run replaces its intervals, told apart by this column. Without this, it replaces the whole
   * table.
   */
  public TableBuilder replaceIntervals(String intervalColumn) {
    write.put("interval_column", intervalColumn);
    return put("write", write);
  }

  /** Each run adds its rows. */
  public TableBuilder append() {
    write.put("mode", "append");
    return put("write", write);
  }

  /**
   * Each run adds the rows of its intervals, told apart by this column; an interval that is there
   * is refused.
   */
  public TableBuilder appendIntervals(String intervalColumn) {
    write.put("interval_column", intervalColumn);
    return append();
  }

  /** An interval that is there is replaced when it is appended again. */
  public TableBuilder replaceOnRerun() {
    write.put("on_rerun", "replace");
    return put("write", write);
  }

  /** So many intervals before one that is to be done are done again with it, for late rows. */
  public TableBuilder lookback(int intervals) {
    write.put("lookback", intervals);
    return put("write", write);
  }

  /** The newest row of each key, by this column. */
  public TableBuilder upsert(String asOf) {
    write.put("mode", "upsert");
    write.put("as_of", asOf);
    return put("write", write);
  }

  /** The history of each key, from rows that say in this column when they were true. */
  public TableBuilder scd2(String asOf) {
    write.put("mode", "scd2");
    write.put("as_of", asOf);
    return put("write", write);
  }

  /** The history of each key, from full extracts with their time in this column. */
  public TableBuilder snapshot(String intervalColumn) {
    write.put("mode", "snapshot");
    return replaceIntervals(intervalColumn);
  }

  /** For {@code upsert} and {@code scd2}: each run gives the rows of its intervals. */
  public TableBuilder byIntervals(String intervalColumn) {
    return replaceIntervals(intervalColumn);
  }

  /** The query itself is what is read, instead of rows that it has filled once. */
  public TableBuilder view() {
    write.put("mode", "view");
    return put("write", write);
  }

  /** A row in which this boolean column is true deletes its key. */
  public TableBuilder deleteFlag(String column) {
    write.put("delete_flag", column);
    return put("write", write);
  }

  /** What happens when the table has other columns than are declared. */
  public TableBuilder onSchemaChange(WriteDef.OnSchemaChange policy) {
    write.put("on_schema_change", policy.name().toLowerCase(Locale.ROOT));
    return put("write", write);
  }

  /** What happens when the source has other columns than are declared, whatever differs. */
  public TableBuilder drift(DriftDef.Policy policy) {
    return put("drift", policy.word());
  }

  /** What happens with columns of the source that are not declared. */
  public TableBuilder newColumns(DriftDef.Policy policy) {
    return drift("new_columns", policy);
  }

  /** What happens with declared columns that the source lacks. */
  public TableBuilder missingColumns(DriftDef.Policy policy) {
    return drift("missing_columns", policy);
  }

  /** What happens with columns whose type in the source is wider than the declared one. */
  public TableBuilder widenedTypes(DriftDef.Policy policy) {
    return drift("widened_types", policy);
  }

  /** What happens with columns that the source has in another order than before. */
  public TableBuilder reorderedColumns(DriftDef.Policy policy) {
    return drift("reordered_columns", policy);
  }

  private TableBuilder drift(String kind, DriftDef.Policy policy) {
    drift.put(kind, policy.word());
    return put("drift", drift);
  }

  /** The share of rows, such as {@code 1%}, that may break the contract before the run fails. */
  public TableBuilder rejectsAtMost(String share) {
    rejects.put("at_most", share);
    return put("rejects", rejects);
  }

  /** The number of rows that may break the contract before the run fails. */
  public TableBuilder rejectsMax(long rows) {
    rejects.put("max", rows);
    return put("rejects", rejects);
  }

  /** How long rejects are kept, such as {@code P1Y}, or {@code forever}. */
  public TableBuilder keepRejects(String duration) {
    keep.put("rejects", duration);
    return put("keep", keep);
  }

  /** How long rows that checks keep out are kept, such as {@code P90D}, or {@code forever}. */
  public TableBuilder keepQuarantine(String duration) {
    keep.put("quarantine", duration);
    return put("keep", keep);
  }

  /** Adds a rule about whole rows or their number. */
  public TableBuilder check(CheckBuilder check) {
    checks.add(check.tree());
    return put("checks", checks);
  }

  /** Serves the table in Postgres; {@code schema.name}. */
  public TableBuilder serve(String target) {
    return serve(target, serve -> serve);
  }

  /** Serves the table in Postgres. */
  public TableBuilder serve(String target, UnaryOperator<ServeBuilder> details) {
    return put("serve", details.apply(new ServeBuilder(target)).tree());
  }

  /**
   * The table by itself; what depends on the interval of its pipeline is not checked.
   *
   * @throws AfpException with all problems
   */
  public TableDef build() {
    Problems problems = new Problems();
    PipelineAssembly assembly = new PipelineAssembly(Optional.empty());
    part(problems).ifPresent(assembly::add);
    List<TableDef> checked = assembly.check(new BuiltTables(List.of()));
    problems.throwIfErrors();
    return checked.get(0);
  }

  /** The table before it is read; empty after it was reported that its name is wrong. */
  Optional<PipelineAssembly.Part> part(Problems problems) {
    try {
      TableName parsed = TableName.parse(name);
      Value root = Document.of(tree, name, problems);
      return Optional.of(new PipelineAssembly.Part(parsed, "", root, model));
    } catch (IllegalArgumentException e) {
      String message = "Cannot define table %s: %s".formatted(name, e.getMessage());
      problems.error(ErrorCode.WRONG_VALUE, message, Location.file(name), "Write namespace.name.");
      return Optional.empty();
    }
  }

  private TableBuilder put(String key, Object value) {
    tree.put(key, value);
    return this;
  }
}
