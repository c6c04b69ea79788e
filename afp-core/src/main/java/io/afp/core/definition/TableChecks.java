package io.afp.core.definition;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import io.afp.core.error.Problems;
import io.afp.core.yaml.Document;
import io.afp.core.yaml.Value;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The checks of a table that no pipeline fills: of any rows that Spark can read. They are declared
 * by a checks file, in Java, or are those of a table of a pipeline.
 *
 * <p>Columns have no types here: those of the data count, see {@link #over}.
 */
public final class TableChecks {

  private final TableDef table;

  private TableChecks(TableDef table) {
    this.table = table;
  }

  /**
   * Reads a checks file.
   *
   * @throws AfpException with all problems, each with its line
   */
  public static TableChecks read(Path file) {
    Problems problems = new Problems();
    Optional<TableChecks> read =
        Document.load(file, file.toString(), problems).flatMap(root -> read(root, problems));
    List<Problem> found =
        problems.all().stream().sorted(Comparator.comparing(p -> p.location().line())).toList();
    if (problems.hasErrors()) {
      throw AfpException.of(found);
    }
    return read.orElseThrow();
  }

  static Optional<TableChecks> read(Value root, Problems problems) {
    Optional<TableDef> table = ChecksShape.SHAPE.read(root);
    table.map(t -> TableContext.outside(t, root)).ifPresent(TableChecks::check);
    return table.filter(t -> !problems.hasErrors()).map(TableChecks::new);
  }

  private static void check(TableContext context) {
    ColumnRules.checkList(context, "key", context.table().key());
    CheckRules.check(context);
    CheckTypeRules.check(context);
    requireAny(context);
  }

  /** Rows that nothing is asked of would pass, whatever they are. */
  private static void requireAny(TableContext context) {
    if (context.table().allChecks().isEmpty()) {
      context.error(
          ErrorCode.MISSING_KEY,
          "",
          "Cannot judge %s: there is no check".formatted(context.table().name()),
          "Write checks, key, or required and checks of a column.");
    }
  }

  /** Starts them in Java; {@code namespace.name} is what the table is called. */
  public static TableChecksBuilder named(String table) {
    return new TableChecksBuilder(table);
  }

  /**
   * The checks of a table of a pipeline, for other rows. Those that keep rows out of the table only
   * judge them, and {@code required} is a check also where a source fills the table.
   */
  public static TableChecks of(TableDef table) {
    List<ColumnDef> columns =
        table.columns().stream()
            .map(c -> c.withChecks(c.checks().stream().map(TableChecks::judgedOnly).toList()))
            .toList();
    List<CheckDef> checks = table.checks().stream().map(TableChecks::judgedOnly).toList();
    return new TableChecks(table(table.name(), table.description(), columns, table.key(), checks));
  }

  private static CheckDef judgedOnly(CheckDef check) {
    return check.quarantine() ? check.withoutQuarantine() : check;
  }

  static TableDef table(
      TableName name,
      Optional<String> description,
      List<ColumnDef> columns,
      List<String> key,
      List<CheckDef> checks) {
    return new TableDef(
        name,
        "",
        description,
        Optional.empty(),
        Optional.of(new ModelDef.Program()),
        columns,
        key,
        Duplicates.CHECK,
        List.of(),
        List.of(),
        LayoutDef.STANDARD,
        MetadataDef.NONE,
        WriteDef.replaceAll(),
        DriftDef.STANDARD,
        RejectsDef.none(),
        KeepDef.NONE,
        checks,
        Optional.empty());
  }

  /** What the table is called. */
  public TableName name() {
    return table.name();
  }

  /** Every check, in the order of declaration. */
  public List<CheckDef> all() {
    return table.allChecks();
  }

  /**
   * The checks as they can be asked of data.
   *
   * @param types the types of its columns as Spark writes them, such as {@code decimal(10,2)}, by
   *     their names, in order
   * @param names by which two names are that of one column
   */
  public FittedChecks over(Map<String, String> types, Comparator<String> names) {
    return FittedChecks.of(table, types, names);
  }
}
