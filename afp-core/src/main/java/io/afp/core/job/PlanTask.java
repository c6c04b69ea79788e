package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.PipelineReader;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.Problem;
import io.afp.core.lake.LakeErrors;
import io.afp.core.lake.LakeTables;
import io.afp.core.ledger.StepUnit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Says what a run would do and why, and what columns Spark finds in it: on a branch that is thrown
 * away, with every table as it is declared, and without reading a row.
 */
@Command(name = "plan")
final class PlanTask extends LakeTask {

  @Option(names = "--pipeline", required = true)
  Path folder;

  @Option(names = "--interval")
  String interval;

  @Option(names = "--restate")
  boolean restate;

  @Option(names = "--select")
  String select;

  @Override
  String name() {
    return "plan";
  }

  @Override
  ObjectNode perform(Tools tools, List<Problem> warnings) {
    PipelineDef pipeline = PipelineReader.read(tools.project(), folder);
    Optional<Interval> range = pipeline.requested(Optional.ofNullable(interval));
    Planner planner =
        new Planner(pipeline, Plugins.load().stages(), tools.database(), tools.spark().hadoop());
    Plan plan = planner.plan(new Planner.Wish(range, restate, Selection.parse(select)), Map.of());
    ObjectNode data = JSON.createObjectNode().put("pipeline", pipeline.name());
    range.ifPresent(r -> data.put("interval", r.label()));
    ArrayNode done = data.putArray("done");
    plan.done().forEach(table -> done.add(table.toString()));
    describe(plan, columns(tools, pipeline, plan), data.putArray("steps"));
    return data;
  }

  private static void describe(Plan plan, Map<TableDef, StructType> columns, ArrayNode steps) {
    for (Plan.Step step : plan.steps()) {
      ObjectNode node =
          steps
              .addObject()
              .put("table", step.name().toString())
              .put("phase", step.stage().phase().label())
              .put("mode", step.table().write().mode().name().toLowerCase(Locale.ROOT));
      ArrayNode units = node.putArray("units");
      Map<String, String> reasons = plan.reasons().get(step.name());
      for (StepUnit unit : step.units()) {
        String label = unit.unit().label();
        units.addObject().put("unit", label).put("reason", reasons.get(label));
      }
      ArrayNode reads = node.putArray("reads");
      step.inputs().tables().stream().sorted().forEach(t -> reads.add(t.toString()));
      node.put("files", step.inputs().files().values().stream().mapToInt(List::size).sum());
      ArrayNode found = node.putArray("columns");
      for (StructField field : columns.get(step.table()).fields()) {
        found.addObject().put("name", field.name()).put("type", field.dataType().sql());
      }
    }
  }

  /** All problems of all models at once. */
  private Map<TableDef, StructType> columns(Tools tools, PipelineDef pipeline, Plan plan) {
    if (plan.isEmpty()) {
      return Map.of();
    }
    String name = ThrowAwayBranch.nameOf(name(), UUID.randomUUID());
    try (ThrowAwayBranch branch = ThrowAwayBranch.ofMain(tools, name)) {
      SparkSession spark = tools.spark().session();
      return columns(tools.sessions(name()).onBranch(spark, branch.name()), pipeline, plan);
    }
  }

  private static Map<TableDef, StructType> columns(
      SparkSession session, PipelineDef pipeline, Plan plan) {
    List<Problem> problems = new ArrayList<>();
    LakeTables tables = new LakeTables(session);
    pipeline.tables().forEach(table -> collect(problems, table, () -> tables.ensure(table)));
    Map<TableDef, StructType> columns = new LinkedHashMap<>();
    if (problems.isEmpty()) {
      for (Plan.Step step : plan.steps()) {
        Optional<Interval> first = step.units().get(0).unit().interval();
        collect(
            problems,
            step.table(),
            () -> columns.put(step.table(), step.stage().analyze(session, step.table(), first)));
      }
    }
    if (!problems.isEmpty()) {
      throw AfpException.of(problems);
    }
    return columns;
  }

  private static void collect(List<Problem> problems, TableDef table, Runnable analysis) {
    try {
      analysis.run();
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      problems.addAll(LakeErrors.translate("plan table " + table.name(), e).problems());
    }
  }
}
