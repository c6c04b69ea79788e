package io.afp.core.definition;

import io.afp.core.definition.LayoutDef.Distribution;
import io.afp.core.error.ErrorCode;

/** Rows can only be distributed by what they are sorted or partitioned by. */
final class LayoutRules {

  private LayoutRules() {}

  static void check(TableContext context) {
    boolean ordered = context.has("sort_by") || context.has("partition_by");
    if (context.table().layout().distribution() == Distribution.RANGE && !ordered) {
      context.error(
          ErrorCode.CONTRADICTION,
          "layout.distribution",
          "Cannot distribute %s by range: its rows have no order".formatted(context.table().name()),
          "Add sort_by, or remove distribution.");
    }
  }
}
