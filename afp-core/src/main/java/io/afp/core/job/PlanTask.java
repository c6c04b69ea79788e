package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.catalog.Branches;
import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.PipelineReader;
import io.afp.core.error.Problem;
import io.afp.core.ledger.StepUnit;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
        new Planner(pipeline, Plugins.load().stages(), tools.database(), tools.spark().hadoop());
    Plan plan =
        planner.plan(
            new Planner.Wish(range, restate, fullRefresh, Selection.parse(select)), Map.of());
    ObjectNode data = JSON.createObjectNode().put("pipeline", pipeline.name());
    range.ifPresent(r -> data.put("interval", r.label()));
    ArrayNode done = data.putArray("done");
    plan.done().forEach(table -> done.add(table.toString()));
    describe(plan, findings(tools, pipeline, plan), data.putArray("steps"));
    return data;
  }

  private Optional<Interval> range(PipelineDef pipeline) {
    return fullRefresh && interval == null
        ? Optional.empty()
        : pipeline.requested(Optional.ofNullable(interval));
  }

  private static void describe(Plan plan, PlanFindings findings, ArrayNode steps) {
    for (Plan.Step step : plan.steps()) {
      ObjectNode node =
          steps
              .addObject()
              .put("table", step.name().toString())
              .put("phase", step.stage().phase().label())
              .put("mode", step.table().write().mode().name().toLowerCase(Locale.ROOT))
              .put("full_refresh", step.fullRefresh());
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
      for (StructField field : findings.columns().get(step.name()).fields()) {
        found.addObject().put("name", field.name()).put("type", field.dataType().sql());
      }
      ArrayNode changes = node.putArray("changes");
      findings.changes().getOrDefault(step.name(), List.of()).forEach(changes::add);
    }
  }

  private PlanFindings findings(Tools tools, PipelineDef pipeline, Plan plan) {
    if (plan.isEmpty()) {
      return PlanFindings.none();
    }
    Branches branches = new Branches(tools.database());
    String branch = "plan_" + UUID.randomUUID().toString().replace("-", "");
    branches.create(branch);
    try {
      SparkSession session = tools.sessions(name()).onBranch(tools.spark().session(), branch);
      return PlanFindings.on(session, pipeline, plan);
    } finally {
      Discard.of(branches, branch, tools.spark());
    }
  }
}
