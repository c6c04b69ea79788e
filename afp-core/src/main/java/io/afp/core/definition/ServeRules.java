package io.afp.core.definition;

import io.afp.core.error.ErrorCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An upsert needs a key; and two tables of a pipeline are not served under one name, because one
 * would take the place of the other.
 */
final class ServeRules {

  private final Map<TableName, TableName> served = new HashMap<>();

  private ServeRules() {}

  static void check(List<TableContext> tables) {
    ServeRules rules = new ServeRules();
    tables.forEach(table -> table.table().serve().ifPresent(s -> rules.check(table, s)));
  }

  private void check(TableContext context, ServeDef serve) {
    checkTarget(context, serve.target());
    if (serve.mode() == ServeDef.ServeMode.UPSERT && context.table().key().isEmpty()) {
      context.error(
          ErrorCode.CONTRADICTION,
          "serve.mode",
          "Cannot serve %s by upsert: it has no key".formatted(context.table().name()),
          "Declare the key of the table, or serve it by swap.");
    }
  }

  private void checkTarget(TableContext context, TableName target) {
    TableName other = served.putIfAbsent(target, context.table().name());
    if (other != null) {
      context.error(
          ErrorCode.DUPLICATE_NAME,
          "serve.postgres",
          "Cannot serve %s as %s: %s is served there"
              .formatted(context.table().name(), target, other),
          "Serve it under a name of its own.");
    }
  }
}
