package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.PipelineReader;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.error.Problem;
import io.afp.core.lake.KeyedHash;
import io.afp.core.lake.LakeTables;
import io.afp.core.lake.Rejudged;
import io.afp.core.ledger.StepUnit;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what a replay would do, and changes nothing. */
@Command(name = "kept-out-check")
final class ReplayCheck extends LakeTask {

  @Option(names = "--pipeline", required = true)
  Path folder;

  @Option(names = "--table", required = true)
  String table;

  @Option(names = "--interval")
  String interval;

  private final KeptOut rows;

  ReplayCheck(KeptOut rows) {
    this.rows = rows;
  }

  @Override
  String name() {
    return rows.toString();
  }

  @Override
  ObjectNode perform(Tools tools, List<Problem> problems) {
    PipelineDef pipeline = PipelineReader.read(tools.project(), folder);
    Optional<Interval> time =
        Optional.ofNullable(interval).flatMap(text -> pipeline.requested(Optional.of(text)));
    ReplayPlan plan =
        new ReplayPlan(pipeline, TableName.parse(table), rows, time, tools.database());
    List<Unit> units = plan.done().stream().map(StepUnit::unit).toList();
    ObjectNode data = JSON.createObjectNode().put("table", table).put("dry_run", true);
    SparkSession session = tools.sessions(name()).onMain(tools.spark().session());
    boolean some = new LakeTables(session).find(rows.of(plan.table().name())).isPresent();
    if (units.isEmpty() || !some) {
      return data.put("rows", 0).put("fits", 0).put("stays", 0);
    }
    Optional<KeyedHash> hash = KeyedHash.of(tools.settings(), List.of(plan.table()));
    Replay replay =
        new Replay(session, plan.table(), rows, hash, Plugins.load().observers(), units);
    Rejudged judged = replay.judge(UnaryOperator.identity());
    problems.addAll(judged.warnings());
    return describe(judged, data);
  }

  private static ObjectNode describe(Rejudged judged, ObjectNode data) {
    data.put("rows", judged.all())
        .put("fits", judged.all() - judged.stays())
        .put("stays", judged.stays());
    ArrayNode units = data.putArray("intervals");
    judged
        .fits()
        .forEach((unit, fits) -> units.addObject().put("interval", unit).put("fits", fits));
    return data;
  }
}
