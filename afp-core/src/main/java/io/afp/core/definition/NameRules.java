package io.afp.core.definition;

import io.afp.core.error.ErrorCode;

/** The names of the tables that AFP keeps beside others are not declared. */
final class NameRules {

  private NameRules() {}

  static void check(TableContext context) {
    TableName name = context.table().name();
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
}
