package io.afp.core.job;

import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.Problem;
import io.afp.core.lake.LakeErrors;
import io.afp.core.lake.LakeTables;
import io.afp.core.lake.LakeViews;
import io.afp.core.lake.TableWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * What Spark and Iceberg find in a plan without reading a row.
 *
 * @param columns those that the queries give
 * @param changes what happens to the columns of tables that are there, in words
 * @param sources what is to be said of the columns of sources
 */
record PlanFindings(
    Map<TableName, StructType> columns,
    Map<TableName, List<String>> changes,
    Map<TableName, SourceLook.Seen> sources) {

  /** Nothing is planned, so nothing is found. */
  static PlanFindings none() {
    return new PlanFindings(Map.of(), Map.of(), Map.of());
  }

  /**
   * Looks at a plan.
   *
   * @param look on a branch that is thrown away: every table becomes what is declared
   * @throws AfpException with all problems of all tables
   */
  static PlanFindings by(SourceLook look, PipelineDef pipeline, Plan plan) {
    SparkSession session = look.session();
    List<Problem> problems = new ArrayList<>();
    PlanFindings found =
        new PlanFindings(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    plan.steps().stream()
        .filter(Plan.Step::fullRefresh)
        .forEach(step -> collect(problems, step.table(), () -> found.renew(session, step.table())));
    pipeline.tables().forEach(t -> collect(problems, t, () -> found.ensure(session, t)));
    if (problems.isEmpty()) {
      plan.steps().forEach(s -> collect(problems, s.table(), () -> found.analyze(session, s)));
    }
    if (!problems.isEmpty()) {
      throw AfpException.of(problems);
    }
    plan.steps().forEach(step -> found.sources.put(step.name(), look.at(step)));
    return found;
  }

  private void renew(SparkSession session, TableDef table) {
    changes.put(table.name(), new TableWriter(session, Map.of(), List.of()).renew(table).changes());
  }

  private void ensure(SparkSession session, TableDef table) {
    if (table.isView()) {
      new LakeViews(session).make(table, Map.of());
      return;
    }
    List<String> made = new LakeTables(session).ensure(table).changes();
    changes.merge(table.name(), made, (renewed, none) -> renewed);
  }

  private void analyze(SparkSession session, Plan.Step step) {
    Optional<Interval> first = step.units().get(0).unit().interval();
    columns.put(step.name(), step.stage().analyze(session, step.table(), first));
  }

  private static void collect(List<Problem> problems, TableDef table, Runnable analysis) {
    try {
      analysis.run();
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      problems.addAll(LakeErrors.translate("plan table " + table.name(), e).problems());
    }
  }
}
