package io.afp.core.definition;

import io.afp.core.error.ErrorCode;

/** A table, and those that AFP keeps beside it, have names of their own. */
final class NameRules {

  private NameRules() {}

  static void check(TableContext context) {
    TableName name = context.table().name();
    checkLength(context, name);
    name.besideAnother()
        .ifPresent(
            ending ->
                context.error(
                    ErrorCode.CONTRADICTION,
                    "",
                    "Cannot define table %s: AFP keeps tables with such names beside others (ending=%s)"
                        .formatted(name, ending),
                    "Give the table another name."));
  }

  private static void checkLength(TableContext context, TableName name) {
    int length = name.name().length();
    if (length > TableName.LONGEST) {
      context.error(
          ErrorCode.WRONG_VALUE,
          "",
          "Cannot define table %s: its name is too long for those of the tables beside it (length=%d, longest=%d)"
              .formatted(name, length, TableName.LONGEST),
          "Give the table a shorter name.");
    }
  }
}
