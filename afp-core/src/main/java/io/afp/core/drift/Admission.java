package io.afp.core.drift;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.DriftDef.Policy;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.drift.SourceColumns.Part;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Decides which columns of a source get into its table. */
final class Admission {

  private final TableDef declared;
  private final Timeline known;
  private final List<ColumnDef> columns;
  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  /**
   * An admission to a table.
   *
   * @param table has what was admitted before
   */
  Admission(TableDef declared, TableDef table, Timeline known) {
    this.declared = declared;
    this.known = known;
    this.columns = new ArrayList<>(table.declared());
  }

  List<Problem> errors() {
    return errors;
  }

  List<Problem> warnings() {
    return warnings;
  }

  /** The table with all columns that are admitted. */
  TableDef admitted() {
    return declared.withColumns(columns);
  }

  void judge(List<Part> parts) {
    Map<String, ColumnUse> found = new LinkedHashMap<>();
    ColumnUse.in(parts).forEach(use -> found.put(use.name(), use));
    for (ColumnUse use : found.values()) {
      List<Integer> known = indexes(use.name());
      if (known.isEmpty()) {
        judgeNew(use);
      }
      known.forEach(i -> judgeType(use, i));
    }
    for (ColumnDef column : declared.readColumns()) {
      ColumnUse use = found.get(column.field());
      judgeMissing(column, use == null ? ColumnUse.none(column.field(), parts) : use);
    }
  }

  /** Where the columns of a field are; a computed column is one of the field of its name. */
  private List<Integer> indexes(String field) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).field().equals(field))
        .boxed()
        .toList();
  }

  private void judgeNew(ColumnUse found) {
    Policy policy = declared.drift().newColumns();
    if (policy == Policy.FREEZE) {
      errors.add(
          error(
              ErrorCode.SOURCE_CHANGED,
              "column %s of the source is not declared (type=%s, files=%s)"
                  .formatted(found.name(), found.type(), found.whereFound()),
              "Declare it, or write drift: { new_columns: discard } to leave such columns out."));
    } else if (policy == Policy.EVOLVE) {
      Optional<ColumnType> type = found.widest();
      if (type.isPresent() && canBeCalled(found.name())) {
        columns.add(ColumnDef.plain(found.name(), type.get()));
      } else {
        warnings.add(unloadable(found));
      }
    }
  }

  /** A column of that name may be read from another field. */
  private boolean canBeCalled(String name) {
    return TableName.isIdentifier(name) && columns.stream().noneMatch(c -> c.name().equals(name));
  }

  private Problem unloadable(ColumnUse found) {
    return warning(
        "Column %s of the source of %s is not loaded: no column can have %s (type=%s, files=%s)"
            .formatted(
                found.name(),
                declared.name(),
                canBeCalled(found.name()) ? "its type" : "its name",
                found.type(),
                found.whereFound()),
        canBeCalled(found.name())
            ? "Have the source give it a simple type."
            : "Declare a column that is read from it, by from.");
  }

  private void judgeType(ColumnUse found, int index) {
    ColumnDef column = columns.get(index);
    Optional<ColumnType> wider = found.widest().filter(column.type()::widensTo);
    if (wider.isEmpty() || !admitted().readColumns().contains(column)) {
      return;
    }
    Policy policy = declared.drift().widenedTypes();
    if (policy == Policy.EVOLVE) {
      columns.set(index, column.withType(wider.get()));
    } else if (policy == Policy.FREEZE) {
      errors.add(
          error(
              ErrorCode.SOURCE_CHANGED,
              "column %s is wider in the source (source=%s, declared=%s, files=%s)"
                  .formatted(
                      found.name(), wider.get(), column.type(), found.whereWider(column.type())),
              "Declare the wider type, or write drift: { widened_types: discard } to reject values"
                  + " that do not fit."));
    }
  }

  private void judgeMissing(ColumnDef column, ColumnUse found) {
    if (found.lacking().isEmpty() || column.entry().fallback().isPresent()) {
      return;
    }
    if (declared.needs(column)) {
      errors.add(error(ErrorCode.HEADER_WRONG, missing(column, found), fix(column)));
    } else {
      warnings.add(
          warning(
              "Column %s of %s is null for some rows: %s"
                  .formatted(column.name(), declared.name(), missing(column, found)),
              missingFix(column)));
    }
  }

  private static String missingFix(ColumnDef column) {
    return column.entry().mayBeMissing()
        ? "Nothing, if it is as it should be: the column may be missing."
        : "Get a source that has it, give it a default, or take it out of columns.";
  }

  private String missing(ColumnDef column, ColumnUse found) {
    String history =
        known
            .lastWith(found.name())
            .map(v -> "it had it before (schema version=%d)".formatted(v.number()))
            .orElse("it never had it");
    String reader =
        found.name().equals(column.name()) ? "" : " (%s is read from it)".formatted(column.name());
    return "the source lacks column %s%s; %s (missing in=%s)"
        .formatted(
            found.name(),
            reader,
            found.types().isEmpty() ? history : "other files have it",
            found.whereMissing());
  }

  private static String fix(ColumnDef column) {
    String declare = "Get a right source, or name by from what it calls the column now";
    return column.required()
        ? declare + "; a required column can't be missing."
        : declare
            + "; with may_be_missing: true in the column it is null instead, with drift: {"
            + " missing_columns: discard } any.";
  }

  private Problem error(ErrorCode code, String why, String fix) {
    return Problem.error(
        code,
        "Cannot load table %s: %s".formatted(declared.name(), why),
        Location.file(declared.file()),
        fix);
  }

  private Problem warning(String message, String fix) {
    return Problem.warning(ErrorCode.SOURCE_CHANGED, message, Location.file(declared.file()), fix);
  }
}
