package io.afp.transform;

import io.afp.core.definition.TableName;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import scala.collection.JavaConverters;

/**
 * Finds the tables under a query as Spark resolved it: those below a view too, which the text does
 * not name.
 */
final class ReadTables {

  private ReadTables() {}

  static Set<TableName> of(Dataset<Row> rows) {
    Set<TableName> tables = new HashSet<>();
    collect(rows.queryExecution().analyzed(), tables);
    return tables;
  }

  private static void collect(LogicalPlan plan, Set<TableName> tables) {
    if (plan instanceof DataSourceV2Relation relation && relation.identifier().isDefined()) {
      Identifier identifier = relation.identifier().get();
      tables.add(new TableName(identifier.namespace()[0], identifier.name()));
    }
    JavaConverters.seqAsJavaList(plan.children()).forEach(child -> collect(child, tables));
    JavaConverters.seqAsJavaList(plan.subqueries()).forEach(sub -> collect(sub, tables));
  }
}
