package io.afp.core.lake;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * What the columns of a query are made of, by the plan as Spark resolved it. A column that depends
 * on something of which that is not known, such as a function over rows in Java, has no entry:
 * nothing is guessed. Conditions of filters and joins are no origin.
 */
public final class ColumnOrigins {

  private final Map<ExprId, Set<ColumnOrigin>> known = new HashMap<>();
  private final Map<Long, List<Attribute>> named = new HashMap<>();

  private ColumnOrigins() {}

  /** By the names of the columns. */
  public static Map<String, Set<ColumnOrigin>> of(Dataset<Row> rows) {
    LogicalPlan plan = rows.queryExecution().analyzed();
    ColumnOrigins origins = new ColumnOrigins();
    origins.visit(plan);
    Map<String, Set<ColumnOrigin>> columns = new LinkedHashMap<>();
    list(plan.output())
        .forEach(
            column ->
                origins
                    .of(column)
                    .filter(of -> !of.isEmpty())
                    .ifPresent(of -> columns.put(column.name(), of)));
    return columns;
  }

  private static <T> List<T> list(Seq<T> items) {
    return JavaConverters.seqAsJavaList(items);
  }

  /** Those below come first, and among them what others refer to by its name. */
  private void visit(LogicalPlan plan) {
    Stream<LogicalPlan> below = list(plan.children()).stream();
    Map<Boolean, List<LogicalPlan>> byName =
        below.collect(Collectors.partitioningBy(CTERelationDef.class::isInstance));
    byName.get(true).forEach(this::visit);
    byName.get(false).forEach(this::visit);
    list(plan.subqueries()).forEach(this::visit);
    learn(plan);
  }

  private void learn(LogicalPlan plan) {
    if (plan instanceof DataSourceV2Relation relation) {
      learnTable(relation);
    } else if (plan instanceof CTERelationDef definition) {
      named.put(definition.id(), list(definition.child().output()));
    } else if (plan instanceof CTERelationRef reference) {
      learnInOrder(list(reference.output()), named.getOrDefault(reference.cteId(), List.of()));
    } else if (plan instanceof Union union) {
      learnFromEach(
          list(union.output()), list(union.children()).stream().map(part -> list(part.output())));
    } else if (plan instanceof Generate generate) {
      list(generate.generatorOutput())
          .forEach(made -> learn(made, (Expression) generate.generator()));
    } else if (plan instanceof Expand expand) {
      learnFromEach(
          list(expand.output()), list(expand.projections()).stream().map(way -> list(way)));
    } else {
      list(plan.expressions()).stream()
          .filter(Alias.class::isInstance)
          .map(Alias.class::cast)
          .forEach(alias -> learn(alias.toAttribute(), alias.child()));
    }
  }

  private void learnTable(DataSourceV2Relation relation) {
    ReadTables.table(relation)
        .ifPresent(
            table ->
                list(relation.output())
                    .forEach(
                        column ->
                            known.put(
                                column.exprId(),
                                Set.of(new ColumnOrigin(table, column.name(), true)))));
  }

  private void learnInOrder(List<Attribute> made, List<Attribute> from) {
    for (int i = 0; i < Math.min(made.size(), from.size()); i++) {
      put(made.get(i), of(from.get(i)));
    }
  }

  /** A column is made of what has its place in each of these; of a union it has the first id. */
  private void learnFromEach(List<Attribute> output, Stream<List<? extends Expression>> from) {
    List<List<? extends Expression>> each = from.toList();
    for (int i = 0; i < output.size(); i++) {
      int place = i;
      put(output.get(i), all(each.stream().<Expression>map(way -> way.get(place)).toList()));
    }
  }

  private void learn(Attribute made, Expression by) {
    put(made, of(by));
  }

  private void put(Attribute made, Optional<Set<ColumnOrigin>> origins) {
    origins.ifPresentOrElse(of -> known.put(made.exprId(), of), () -> known.remove(made.exprId()));
  }

  /** Empty where an origin is not known. */
  private Optional<Set<ColumnOrigin>> of(Expression expression) {
    if (expression instanceof Attribute column) {
      return Optional.ofNullable(known.get(column.exprId()));
    }
    if (expression instanceof OuterReference outer) {
      return of((Expression) outer.e());
    }
    Stream<Expression> parts = Parts.of(expression).stream();
    if (expression instanceof PlanExpression<?> query && query.plan() instanceof LogicalPlan plan) {
      parts = Stream.concat(parts, list(plan.output()).stream());
    }
    return all(parts.toList())
        .map(of -> of.stream().map(ColumnOrigin::changed).collect(Collectors.toSet()));
  }

  private Optional<Set<ColumnOrigin>> all(List<? extends Expression> parts) {
    Set<ColumnOrigin> all = new HashSet<>();
    for (Expression part : parts) {
      Optional<Set<ColumnOrigin>> of = of(part);
      if (of.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(of.get());
    }
    return Optional.of(all);
  }
}
