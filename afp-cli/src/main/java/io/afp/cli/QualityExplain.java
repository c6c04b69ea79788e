package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.CheckDef;
import io.afp.core.definition.CheckedPipeline;
import io.afp.core.definition.PipelineReader;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.measure.CheckPlan;
import io.afp.core.measure.CheckPlan.Group;
import io.afp.core.yaml.Nearest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says how the checks of tables are answered, and how often rows are read for that. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says how the checks of tables are answered: by metadata, in the write, by a scan,",
      "by a shuffle, by a join.",
      "It reads definitions only. The numbers are those of checks that pass."
    })
final class QualityExplain implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The folder of the pipeline.")
  Path pipeline;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TABLE",
      description = "One of its tables; else all.")
  String table;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "CHECK",
      description = "One of its checks, with those that are answered together with it; else all.")
  String check;

  @Mixin CommonOptions options;

  /** How the checks of a table are answered. */
  private record Planned(TableDef table, CheckPlan plan) {}

  @Override
  public Integer call() {
    CheckedPipeline checked = PipelineReader.check(options.project(pipeline), pipeline);
    List<Planned> plans =
        tables(checked.orThrow().tables()).stream()
            .map(each -> new Planned(each, plan(each)))
            .filter(planned -> table != null || !planned.plan().groups().isEmpty())
            .toList();
    return options.output("quality explain").success(text(plans), json(plans), checked.warnings());
  }

  private List<TableDef> tables(List<TableDef> all) {
    List<TableDef> wanted =
        all.stream().filter(t -> table == null || t.name().toString().equals(table)).toList();
    if (table != null && wanted.isEmpty()) {
      List<String> known = all.stream().map(t -> t.name().toString()).toList();
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot explain the checks of %s: the pipeline has no such table (pipeline=%s)"
              .formatted(table, pipeline),
          Nearest.fix(table, known, "There are: %s.".formatted(String.join(", ", known))));
    }
    return wanted;
  }

  private CheckPlan plan(TableDef of) {
    CheckPlan plan = CheckPlan.of(of);
    return check == null ? plan : new CheckPlan(List.of(group(plan)));
  }

  private Group group(CheckPlan plan) {
    return plan.groups().stream()
        .filter(group -> names(group).contains(check))
        .findFirst()
        .orElseThrow(() -> unknown(plan));
  }

  private AfpException unknown(CheckPlan plan) {
    List<String> known = plan.groups().stream().flatMap(group -> names(group).stream()).toList();
    String all =
        known.isEmpty() ? "It has none." : "There are: %s.".formatted(String.join(", ", known));
    return new AfpException(
        ErrorCode.USAGE,
        "Cannot explain %s: the table has no such check (table=%s)".formatted(check, table),
        Nearest.fix(check, known, all));
  }

  private static List<String> names(Group group) {
    return group.checks().stream().map(CheckDef::name).toList();
  }

  private static String text(List<Planned> plans) {
    if (plans.stream().allMatch(planned -> planned.plan().groups().isEmpty())) {
      return "There are no checks";
    }
    TextTable rows = new TextTable("table", "answered by", "scans", "shuffles", "checks");
    for (Planned planned : plans) {
      for (Group group : planned.plan().groups()) {
        rows.row(
            planned.table().name().toString(),
            way(group),
            Integer.toString(group.scans()),
            Integer.toString(group.shuffles()),
            String.join(", ", names(group)));
      }
    }
    return rows.fit("checks");
  }

  private static String way(Group group) {
    return group.way().name().toLowerCase(Locale.ROOT);
  }

  private static ArrayNode json(List<Planned> plans) {
    ArrayNode tables = Output.JSON.createArrayNode();
    for (Planned planned : plans) {
      ObjectNode node = tables.addObject();
      node.put("table", planned.table().name().toString());
      node.put("scans", planned.plan().scans());
      node.put("shuffles", planned.plan().shuffles());
      ArrayNode groups = node.putArray("groups");
      for (Group group : planned.plan().groups()) {
        ObjectNode of = groups.addObject();
        of.put("answered_by", way(group));
        of.put("scans", group.scans());
        of.put("shuffles", group.shuffles());
        ArrayNode checks = of.putArray("checks");
        names(group).forEach(checks::add);
      }
    }
    return tables;
  }
}
