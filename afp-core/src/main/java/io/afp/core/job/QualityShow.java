package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.CheckDef;
import io.afp.core.definition.PipelineReader;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableRule;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import io.afp.core.lake.LakeTables;
import io.afp.core.lake.WholeTable;
import io.afp.core.lake.WholeTable.Known;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Results;
import io.afp.core.measure.CheckPlan;
import io.afp.core.measure.CheckPlan.Way;
import io.afp.core.measure.Counts;
import io.afp.core.measure.Figure;
import io.afp.core.measure.Quantities;
import io.afp.core.measure.State;
import io.afp.core.yaml.Nearest;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Tells what the checks of a table measure in all of it, by what was measured when its parts were
 * written. No row is read.
 */
@Command(name = "quality-show")
final class QualityShow extends LakeTask {

  private static final Set<Way> MEASURED = EnumSet.of(Way.METADATA, Way.WRITE, Way.SCAN);

  @Option(names = "--pipeline", required = true)
  Path folder;

  @Option(names = "--table", required = true)
  String table;

  /** A release, or a snapshot of the table; what main has without it. */
  @Option(names = "--as-of")
  Long asOf;

  @Override
  String name() {
    return "quality";
  }

  @Override
  ObjectNode perform(Tools tools, List<Problem> problems) {
    TableDef definition = definition(PipelineReader.read(tools.project(), folder).tables());
    Results results = new Results(tools.database());
    Optional<Table> main = new LakeState().read(this, tools, session -> find(session, definition));
    boolean isSnapshot = asOf != null && main.filter(t -> t.snapshot(asOf) != null).isPresent();
    if (asOf == null || isSnapshot) {
      Optional<Long> snapshot = isSnapshot ? Optional.of(asOf) : main.flatMap(QualityShow::newest);
      return describe(definition, main, snapshot, results);
    }
    LakeState then = new LakeState();
    then.release = asOf;
    Optional<Table> found = then.read(this, tools, session -> find(session, definition));
    return describe(definition, found, found.flatMap(QualityShow::newest), results);
  }

  private static Optional<Table> find(SparkSession session, TableDef definition) {
    return definition.isView() ? Optional.empty() : new LakeTables(session).find(definition.name());
  }

  private static Optional<Long> newest(Table found) {
    return Optional.ofNullable(found.currentSnapshot()).map(Snapshot::snapshotId);
  }

  private TableDef definition(List<TableDef> tables) {
    List<String> known = tables.stream().map(each -> each.name().toString()).toList();
    return tables.stream()
        .filter(each -> each.name().toString().equals(table))
        .findFirst()
        .orElseThrow(
            () ->
                new AfpException(
                    ErrorCode.USAGE,
                    "Cannot show the checks of %s: the pipeline has no such table (pipeline=%s)"
                        .formatted(table, folder),
                    Nearest.fix(
                        table, known, "There are: %s.".formatted(String.join(", ", known)))));
  }

  private static ObjectNode describe(
      TableDef definition, Optional<Table> found, Optional<Long> snapshot, Results results) {
    ObjectNode data = JSON.createObjectNode().put("table", definition.name().toString());
    snapshot.ifPresent(id -> data.put("snapshot", id));
    Known known =
        snapshot.isEmpty()
            ? new Known(Map.of(), Optional.of(nothing(definition)))
            : new WholeTable(definition, found.orElseThrow(), results).asOf(snapshot.get());
    Optional.ofNullable(known.metrics().get("rows"))
        .ifPresent(rows -> data.put("rows", rows.judged()));
    known.unknown().ifPresent(reason -> data.put("unknown", reason));
    ArrayNode checks = data.putArray("checks");
    CheckPlan plan = CheckPlan.of(definition);
    for (CheckDef check : definition.allChecks()) {
      describe(check, plan.way(check), known, checks.addObject());
    }
    return data;
  }

  private static String nothing(TableDef definition) {
    return definition.isView()
        ? "a view has no rows of its own"
        : "nothing was written to the table yet";
  }

  private static void describe(CheckDef check, Way way, Known known, ObjectNode node) {
    node.put("check", check.name()).put("rule", check.rule().keyword());
    check.column().ifPresent(column -> node.put("column", column));
    Optional<Metric> metric = metric(check, way, known);
    metric.map(Metric::state).ifPresent(state -> describe(check, state, node));
    if (metric.isEmpty()) {
      node.put("unknown", known.unknown().orElseGet(() -> unknown(check, way)));
    }
  }

  private static Optional<Metric> metric(CheckDef check, Way way, Known known) {
    String name = CheckPlan.countsAllRows(check) ? "rows" : check.name();
    return Optional.ofNullable(known.metrics().get(name)).filter(metric -> MEASURED.contains(way));
  }

  private static String unknown(CheckDef check, Way way) {
    return MEASURED.contains(way) && !(check.rule() instanceof TableRule)
        ? "it was not measured, or asked for something else, when some of the rows were written"
        : "it leaves no state, because it is answered by %s"
            .formatted(
                way == Way.METADATA ? "metadata" : "a " + way.name().toLowerCase(Locale.ROOT));
  }

  private static void describe(CheckDef check, State state, ObjectNode node) {
    node.put("judged", state.judged());
    if (state instanceof Counts counts && check.rule().isAboutRows()) {
      node.put("obey", counts.matches());
    }
    value(check, state).ifPresent(value -> node.put("value", value));
  }

  /** As text, so that no digit is lost. */
  private static Optional<String> value(CheckDef check, State state) {
    Optional<String> figure = Figure.of(check.rule(), state).text();
    boolean hasOwn =
        check.rule() instanceof CheckDef.Anomaly || check.rule() instanceof CheckDef.Rows;
    OptionalDouble quantity = hasOwn ? Quantities.of(check, state) : OptionalDouble.empty();
    return quantity.isPresent() ? Optional.of(Figure.text(quantity.getAsDouble())) : figure;
  }
}
