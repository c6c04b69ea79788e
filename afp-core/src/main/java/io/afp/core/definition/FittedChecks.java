package io.afp.core.definition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checks, held against the columns of the data that they are asked of.
 *
 * @param table what can be asked: a table with the columns of the data and the checks that fit them
 * @param misfits why the others can't be asked, by their names
 */
public record FittedChecks(TableDef table, Map<String, String> misfits) {

  public FittedChecks {
    misfits = Map.copyOf(misfits);
  }

  static FittedChecks of(TableDef declared, Map<String, String> types, Comparator<String> names) {
    DataColumns data = new DataColumns(types, names);
    List<ColumnDef> columns = columns(declared, data);
    CheckFit fit = new CheckFit(declared.withColumns(columns), data);
    Map<String, String> misfits = new LinkedHashMap<>();
    for (CheckDef check : declared.allChecks()) {
      fit.problem(check).ifPresent(why -> misfits.put(check.name(), why));
    }
    return new FittedChecks(without(declared, columns, misfits), misfits);
  }

  /**
   * Those of the data, each under every name that the checks have for it, and personal under all of
   * them.
   */
  private static List<ColumnDef> columns(TableDef declared, DataColumns data) {
    List<ColumnDef> columns = new ArrayList<>();
    Stream<ColumnDef> named =
        declared.allChecks().stream()
            .flatMap(check -> CheckFit.columns(check).stream())
            .map(name -> ColumnDef.plain(name, ColumnShape.ANY_TYPE));
    Stream<ColumnDef> others =
        data.names().stream().map(name -> ColumnDef.plain(name, ColumnShape.ANY_TYPE));
    Stream.of(declared.columns().stream(), named, others)
        .flatMap(all -> all)
        .filter(column -> data.canBeAsked(column.name()))
        .filter(column -> columns.stream().noneMatch(c -> c.name().equals(column.name())))
        .forEach(column -> columns.add(protectedLike(declared, column, data)));
    return columns;
  }

  private static ColumnDef protectedLike(TableDef declared, ColumnDef column, DataColumns data) {
    boolean personal =
        declared.columns().stream()
            .anyMatch(other -> other.pii() && data.areOne(other.name(), column.name()));
    ColumnDef typed = column.withType(data.type(column.name()));
    return personal ? typed.withProtection(Pii.TRUE) : typed;
  }

  private static TableDef without(
      TableDef declared, List<ColumnDef> columns, Map<String, String> misfits) {
    List<ColumnDef> left =
        columns.stream().map(c -> c.withChecks(without(c.checks(), misfits))).toList();
    boolean hasKey = !misfits.containsKey(CheckDef.key(declared.name(), declared.key()).name());
    return TableChecks.table(
        declared.name(),
        declared.description(),
        left,
        hasKey ? declared.key() : List.of(),
        without(declared.checks(), misfits));
  }

  private static List<CheckDef> without(List<CheckDef> checks, Map<String, String> misfits) {
    return checks.stream().filter(check -> !misfits.containsKey(check.name())).toList();
  }
}
