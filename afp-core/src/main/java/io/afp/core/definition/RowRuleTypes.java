package io.afp.core.definition;

import io.afp.core.error.ErrorCode;
import java.util.List;
import java.util.Optional;

/** The columns of a rule about several of them are there, and of types that it can judge. */
record RowRuleTypes(TableContext context, RowRule rule) {

  void check(String path) {
    if (rule instanceof RowRule.Combination combination) {
      ColumnRules.checkList(context, path + ".of", rule.columns());
      checkLiterals(path + ".in", combination);
    } else if (rule instanceof RowRule.Sum sum) {
      ColumnRules.checkList(context, path + ".of", rule.columns());
      sum.total().ifPresent(total -> ColumnRules.check(context, path + ".equals", total));
      requireNumbers(path + ".of", rule.columns());
      sum.total().ifPresent(total -> requireNumbers(path + ".equals", List.of(total)));
    } else {
      ColumnRules.checkList(context, path, rule.columns());
    }
  }

  private void checkLiterals(String path, RowRule.Combination combination) {
    for (int i = 0; i < combination.values().size(); i++) {
      String list = context.item(path, i);
      for (int j = 0; j < combination.columns().size(); j++) {
        checkLiteral(
            context.item(list, j),
            combination.columns().get(j),
            combination.values().get(i).get(j));
      }
    }
  }

  private void checkLiteral(String path, String column, String literal) {
    type(column)
        .filter(type -> !Literals.isValue(type, literal))
        .ifPresent(
            type ->
                context.error(
                    ErrorCode.WRONG_VALUE,
                    path,
                    "Cannot judge column %s of %s: '%s' is no value of type %s"
                        .formatted(column, context.table().name(), literal, type),
                    Literals.fix(type, literal)));
  }

  private void requireNumbers(String path, List<String> columns) {
    for (String column : columns) {
      type(column)
          .filter(type -> !type.isNumber())
          .ifPresent(
              type ->
                  context.error(
                      ErrorCode.CONTRADICTION,
                      path,
                      "Cannot use row_sum for column %s of %s: the column is no number (type=%s)"
                          .formatted(column, context.table().name(), type),
                      "Name columns of numbers."));
    }
  }

  private Optional<ColumnType> type(String column) {
    return context.table().column(column).map(ColumnDef::type).filter(ColumnShape::isKnown);
  }
}
