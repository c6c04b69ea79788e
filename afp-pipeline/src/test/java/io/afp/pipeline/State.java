package io.afp.pipeline;

import io.afp.core.catalog.Branches;
import io.afp.core.definition.TableName;
import io.afp.core.lake.LakeSession;
import io.afp.core.ledger.Database;
import io.afp.core.testing.TestSpark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Everything that there is to see of a project: the columns of every table of main, of the served
 * tables and of the ledger, and their rows as JSON, each as a sorted list, so that two states are
 * equal exactly when a two-way EXCEPT ALL is empty. What is not compared is listed in {@link
 * NotCompared}.
 */
final class State {

  private State() {}

  /** The state of a project whose run has ended. */
  static Map<String, List<String>> of(Shop shop) {
    Map<String, List<String>> state = visible(shop);
    try (Database database = Database.open(shop.account(), "afp/test")) {
      state.putAll(DatabaseRows.ofTheLedger(database, shop.root()));
    }
    return state;
  }

  /** What everybody reads: main, and what is served. */
  static Map<String, List<String>> visible(Shop shop) {
    Map<String, List<String>> state = lake(shop);
    try (Database database = Database.open(shop.account(), "afp/test")) {
      state.putAll(DatabaseRows.served(database, shop.root()));
    }
    return state;
  }

  /** The part of a state that is named so: {@code lake}, {@code served} or {@code ledger}. */
  static Map<String, List<String>> part(String name, Map<String, List<String>> state) {
    return state.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(name + " "))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** What main points to: equal only when nobody has committed to it. */
  static List<String> pointers(Shop shop) {
    try (Database database = Database.open(shop.account(), "afp/test")) {
      return DatabaseRows.pointers(database);
    }
  }

  /** The columns and the rows of every table of main. */
  static Map<String, List<String>> lake(Shop shop) {
    Map<String, List<String>> state = new TreeMap<>();
    try (Database database = Database.open(shop.account(), "afp/test")) {
      SparkSession session =
          new LakeSession(shop.account(), shop.warehouse().toUri().toString(), "afp/test", Map.of())
              .onMain(TestSpark.session());
      try {
        for (TableName table : new Branches(database).tables(Optional.empty())) {
          Dataset<Row> rows = NotCompared.hidden(session.table(table.toString()));
          state.put("lake " + table + " columns", List.of(rows.schema().toDDL()));
          state.put("lake " + table, texts(rows, shop));
        }
      } finally {
        LakeSession.close(session);
      }
    }
    return state;
  }

  private static List<String> texts(Dataset<Row> rows, Shop shop) {
    return rows.collectAsList().stream()
        .map(Row::json)
        .map(text -> text.replace(shop.root().toString(), ""))
        .sorted()
        .toList();
  }
}
