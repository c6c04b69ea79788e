package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.ledger.StepUnit;
import io.afp.core.spi.Inputs.FileInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan as the command reads it. */
final class PlanJson {

  private PlanJson() {}

  /** The tables in which there is nothing to do. */
  static void done(Plan plan, ObjectNode node) {
    ArrayNode done = node.putArray("done");
    plan.done().forEach(table -> done.add(table.toString()));
  }

  /** How the sources of done units differ from what was loaded, whatever is to be done about it. */
  static void sourceChanges(Plan plan, ObjectNode node) {
    ArrayNode changes = node.putArray("changed_since_load");
    for (SourceFindings.Found found : plan.sources().changes()) {
      changes
          .addObject()
          .put("table", found.table().name().toString())
          .put("unit", found.unit())
          .put("kind", found.change().kind().word())
          .put("name", found.change().name())
          .put("was", found.change().was().orElse(null))
          .put("on_change", found.table().onChange().word());
    }
  }

  /** A step, with its units one by one and as ranges of which the same is to be said. */
  static void step(Plan plan, Plan.Step step, ObjectNode node) {
    node.put("table", step.name().toString())
        .put("phase", step.stage().phase().label())
        .put("mode", step.table().write().mode().word());
    Map<String, Reason> reasons = plan.reasons().get(step.name());
    ArrayNode units = node.putArray("units");
    for (StepUnit unit : step.units()) {
      String label = unit.unit().label();
      say(units.addObject().put("unit", label), reasons.get(label));
    }
    ArrayNode ranges = node.putArray("ranges");
    for (Range range : ranges(step.units(), reasons)) {
      say(
          ranges.addObject().put("interval", range.unit().label()).put("units", range.units()),
          range.reason());
    }
    ArrayNode reads = node.putArray("reads");
    for (TableName read : step.inputs().tables().stream().sorted().toList()) {
      reads.addObject().put("table", read.toString()).put("pipeline", plan.owners().get(read));
    }
    List<FileInput> files = step.inputs().files().values().stream().flatMap(List::stream).toList();
    node.put("files", files.size())
        .put("bytes", files.stream().mapToLong(file -> file.stamp().size()).sum());
  }

  private static void say(ObjectNode node, Reason reason) {
    node.put("state", reason.state().word())
        .put("reason", reason.text().isEmpty() ? null : reason.text());
  }

  private record Range(Unit unit, int units, Reason reason) {

    /** With the next unit, if it follows and the same is to be said of it. */
    Optional<Range> plus(Unit next, Reason why) {
      return unit.interval()
          .filter(here -> reason.equals(why))
          .flatMap(here -> next.interval().flatMap(here::joined))
          .map(both -> new Range(Unit.of(both), units + 1, reason));
    }
  }

  private static List<Range> ranges(List<StepUnit> units, Map<String, Reason> reasons) {
    List<Range> ranges = new ArrayList<>();
    for (StepUnit each : units) {
      Reason reason = reasons.get(each.unit().label());
      Optional<Range> longer =
          ranges.isEmpty()
              ? Optional.empty()
              : ranges.get(ranges.size() - 1).plus(each.unit(), reason);
      longer.ifPresentOrElse(
          range -> ranges.set(ranges.size() - 1, range),
          () -> ranges.add(new Range(each.unit(), 1, reason)));
    }
    return ranges;
  }
}
