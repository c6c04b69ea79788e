package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.catalog.Branches;
import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.PipelineReader;
import io.afp.core.error.Problem;
import io.afp.core.ledger.SchemaVersions;
import io.afp.core.spi.Outside;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
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

  @Option(names = "--full-refresh")
  boolean fullRefresh;

  @Option(names = "--select")
  String select;

  @Override
  String name() {
    return "plan";
  }

  @Override
  ObjectNode perform(Tools tools, List<Problem> warnings) {
    PipelineDef pipeline = PipelineReader.read(tools.project(), folder);
    Optional<Interval> range = range(pipeline);
    Planner planner =
        new Planner(
            tools.project(), pipeline, Plugins.load().stages(), tools.database(), outside(tools));
    Plan plan =
        planner.plan(
            new Planner.Wish(range, restate, fullRefresh, Selection.parse(select)), Map.of());
    ObjectNode data = JSON.createObjectNode().put("pipeline", pipeline.name());
    range.ifPresent(r -> data.put("interval", r.label()));
    PlanJson.done(plan, data);
    PlanJson.sourceChanges(plan, data);
    warnings.addAll(plan.warnings());
    PlanFindings findings = findings(tools, pipeline, plan);
    findings.sources().values().forEach(seen -> seen.diagnostics().forEach(warnings::add));
    describe(plan, findings, data.putArray("steps"));
    return data;
  }

  private static Outside outside(Tools tools) {
    return Outside.of(tools.spark().hadoop(), tools.settings());
  }

  private Optional<Interval> range(PipelineDef pipeline) {
    return fullRefresh && interval == null
        ? Optional.empty()
        : pipeline.requested(Optional.ofNullable(interval));
  }

  private static void describe(Plan plan, PlanFindings findings, ArrayNode steps) {
    for (Plan.Step step : plan.steps()) {
      ObjectNode node = steps.addObject();
      PlanJson.step(plan, step, node);
      node.put("full_refresh", step.fullRefresh());
      ArrayNode found = node.putArray("columns");
      for (StructField field : findings.columns().get(step.name()).fields()) {
        found.addObject().put("name", field.name()).put("type", field.dataType().sql());
      }
      ArrayNode changes = node.putArray("changes");
      findings.changes().getOrDefault(step.name(), List.of()).forEach(changes::add);
      findings.sources().get(step.name()).describe(node);
    }
  }

  private PlanFindings findings(Tools tools, PipelineDef pipeline, Plan plan) {
    if (plan.isEmpty()) {
      return PlanFindings.none();
    }
    String name = Branches.nameOf(name(), id);
    try (ThrowAwayBranch branch = ThrowAwayBranch.ofMain(tools, name)) {
      SparkSession spark = tools.sessions(name()).onBranch(tools.spark().session(), branch.name());
      SchemaVersions known = new SchemaVersions(tools.database());
      return PlanFindings.by(new SourceLook(spark, outside(tools), known), pipeline, plan);
    }
  }
}
