package io.afp.core.definition;

import java.util.List;
import java.util.function.Consumer;

/** Everything that must fit together inside one table. */
final class TableRules {

  private static final List<Consumer<TableContext>> RULES =
      List.of(
          NameRules::check,
          FillingRules::check,
          ColumnRules::check,
          PartitionRules::check,
          LayoutRules::check,
          WriteRules::check,
          LookbackRules::check,
          MergeRules::check,
          ViewRules::check,
          IntervalRules::check,
          SourceRules::check,
          DriftRules::check,
          MetadataRules::check,
          EntryRules::check,
          PiiRules::check,
          CheckRules::check,
          CheckTypeRules::check);

  private TableRules() {}

  static void check(TableContext context) {
    RULES.forEach(rule -> rule.accept(context));
  }
}
