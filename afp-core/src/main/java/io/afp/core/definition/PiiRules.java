package io.afp.core.definition;

import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.error.ErrorCode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What is not written is not used, and what is written in place of a value is a text. */
final class PiiRules {

  private final TableContext context;

  private PiiRules(TableContext context) {
    this.context = context;
  }

  static void check(TableContext context) {
    if (context.has("from")) {
      PiiRules rules = new PiiRules(context);
      context.table().declared().forEach(rules::check);
      rules.checkSomethingIsLeft();
      context.table().byField().forEach(rules::checkField);
    }
  }

  private void check(ColumnDef column) {
    switch (column.protection()) {
      case HASH, MASK -> requireText(column);
      case DROP -> requireUnchecked(column);
      default -> {}
    }
    if (column.protection() == Pii.MASK && context.table().key().contains(column.name())) {
      report(column, "it is in the key, and all its values look the same", "Write pii: hash.");
    }
  }

  private void requireText(ColumnDef column) {
    if (column.type().kind() != Kind.STRING && ColumnShape.isKnown(column.type())) {
      report(
          column,
          "what is written in place of a value is a text (type=%s)".formatted(column.type()),
          "Write type: string, and say by matches what the value looks like.");
    }
  }

  private void requireUnchecked(ColumnDef column) {
    if (!column.checks().isEmpty()) {
      report(
          column,
          "there is no value to be checked",
          "Remove checks, or write them as in, length or matches.");
    }
  }

  private void checkSomethingIsLeft() {
    TableDef table = context.table();
    if (!table.declared().isEmpty() && table.columns().isEmpty()) {
      report(table.declared().get(0), "no other column is left", "Declare one that is written.");
    }
  }

  /**
   * Of two columns of one field none tells what the other one protects, and the record of a reject
   * has one value for both.
   */
  private void checkField(String field, List<ColumnDef> columns) {
    ColumnDef strictest =
        columns.stream().max(Comparator.comparing(ColumnDef::protection)).orElseThrow();
    columns.stream()
        .filter(column -> column.protection() != strictest.protection())
        .forEach(column -> reportOther(column, strictest));
    if (context.table().keepsValuesOut() && FieldName.isOfPlace(field)) {
      context.error(
          ErrorCode.CONTRADICTION,
          "columns.%s.from".formatted(strictest.name()),
          "Cannot read column %s of %s from %s: so are fields called whose names are not shown, because pii keeps values out"
              .formatted(strictest.name(), context.table().name(), field),
          "Have the source give the field another name.");
    }
  }

  private void reportOther(ColumnDef column, ColumnDef strictest) {
    report(
        column,
        "column %s is read from the same field, and has other protection (field=%s, pii=%s)"
            .formatted(
                strictest.name(),
                column.field(),
                strictest.protection().name().toLowerCase(Locale.ROOT)),
        "Write the same pii for both.");
  }

  private void report(ColumnDef column, String why, String fix) {
    context.error(
        ErrorCode.CONTRADICTION,
        "columns.%s.pii".formatted(column.name()),
        "Cannot use pii for column %s of %s: %s"
            .formatted(column.name(), context.table().name(), why),
        fix);
  }
}
