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
      index(use.name()).ifPresentOrElse(i -> judgeType(use, i), () -> judgeNew(use));
    }
    for (ColumnDef column : Drift.read(declared)) {
      ColumnUse use = found.get(column.name());
      judgeMissing(column, use == null ? ColumnUse.none(column.name(), parts) : use);
    }
  }

  private Optional<Integer> index(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
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
      if (type.isPresent() && isName(found.name())) {
        columns.add(ColumnDef.plain(found.name(), type.get()));
      } else {
        warnings.add(unloadable(found));
      }
    }
  }

  private static boolean isName(String text) {
    return TableName.isIdentifier(text);
  }

  private Problem unloadable(ColumnUse found) {
    return warning(
        "Column %s of the source of %s is not loaded: no column can have %s (type=%s, files=%s)"
            .formatted(
                found.name(),
                declared.name(),
                isName(found.name()) ? "its type" : "its name",
                found.type(),
                found.whereFound()),
        "Have the source name it [a-z][a-z0-9_]* and give it a simple type.");
  }

  private void judgeType(ColumnUse found, int index) {
    ColumnDef column = columns.get(index);
    Optional<ColumnType> wider = found.widest().filter(column.type()::widensTo);
    if (wider.isEmpty() || !Drift.read(admitted()).contains(column)) {
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
                  .formatted(found.name(), wider.get(), column.type(), found.whereFound()),
              "Declare the wider type, or write drift: { widened_types: discard } to reject values that do not fit."));
    }
  }

  private void judgeMissing(ColumnDef column, ColumnUse found) {
    if (found.lacking().isEmpty() || column.entry().fallback().isPresent()) {
      return;
    }
    boolean stops = column.required() || declared.whereMissing(column) == Policy.FREEZE;
    if (stops) {
      errors.add(error(ErrorCode.HEADER_WRONG, missing(found), fix(column)));
    } else {
      warnings.add(
          warning(
              "Column %s of %s is null for some rows: %s"
                  .formatted(column.name(), declared.name(), missing(found)),
              missingFix(column)));
    }
  }

  private static String missingFix(ColumnDef column) {
    return column.entry().mayBeMissing()
        ? "Nothing, if it is as it should be: the column may be missing."
        : "Get a source that has it, give it a default, or take it out of columns.";
  }

  private String missing(ColumnUse found) {
    String history =
        known
            .lastWith(found.name())
            .map(v -> "it had it before (schema version=%d)".formatted(v.number()))
            .orElse("it never had it");
    return "the source lacks column %s; %s (missing in=%s)"
        .formatted(
            found.name(),
            found.having().isEmpty() ? history : "other files have it",
            found.whereMissing());
  }

  private static String fix(ColumnDef column) {
    String declare = "Get a right source, or declare the columns as it has them";
    return column.required()
        ? declare + "; a required column can't be missing."
        : declare
            + "; with may_be_missing: true in the column it is null instead, with drift: { missing_columns: discard } any.";
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
