package io.afp.core.lake;

import io.afp.core.catalog.Branches;
import io.afp.core.definition.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import scala.collection.JavaConverters;

/**
 * Finds the tables and views under a query as Spark resolved it: those below a view too, which the
 * text does not name.
 */
public final class ReadTables {

  private ReadTables() {}

  /** Their names. */
  public static Set<TableName> of(Dataset<Row> rows) {
    Set<TableName> tables = new HashSet<>();
    WholePlan.of(rows.queryExecution().analyzed()).forEach(plan -> collect(plan, tables));
    return tables;
  }

  /** Of a view only its name is left, as the query writes it: with or without the catalog. */
  private static Optional<TableName> view(SubqueryAlias alias) {
    List<String> place =
        new ArrayList<>(JavaConverters.seqAsJavaList(alias.identifier().qualifier()));
    boolean named = place.remove(Branches.MAIN) || place.size() == 1;
    return named && place.size() == 1 && !(alias.child() instanceof DataSourceV2Relation)
        ? Optional.of(new TableName(place.get(0), alias.identifier().name()))
        : Optional.empty();
  }

  /** The table that is read; empty for what is none of a catalog. */
  static Optional<TableName> table(DataSourceV2Relation relation) {
    if (relation.identifier().isEmpty()) {
      return Optional.empty();
    }
    Identifier identifier = relation.identifier().get();
    return Optional.of(new TableName(identifier.namespace()[0], identifier.name()));
  }

  private static void collect(LogicalPlan plan, Set<TableName> tables) {
    if (plan instanceof DataSourceV2Relation relation) {
      table(relation).ifPresent(tables::add);
    }
    if (plan instanceof SubqueryAlias alias) {
      view(alias).ifPresent(tables::add);
    }
  }
}
