package io.afp.core.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.job.Chunks.Chunk;
import io.afp.core.logging.RunLog;
import java.time.Duration;
import java.util.List;

/** What a backfill has to do and has done, for the command to show. */
final class BackfillReport {

  private static final String STATE = "state";

  private final ObjectNode data = new ObjectMapper().createObjectNode();
  private final ArrayNode chunks = data.arrayNode();

  ObjectNode data() {
    return data;
  }

  void planned(PipelineDef pipeline, Interval range, Plan plan, List<Chunk> cut) {
    data.put("pipeline", pipeline.name()).put("interval", range.label());
    PlanJson.done(plan, data);
    ArrayNode steps = data.putArray("steps");
    plan.steps().forEach(step -> PlanJson.step(plan, step, steps.addObject()));
    data.set("chunks", chunks);
    for (Chunk chunk : cut) {
      chunks
          .addObject()
          .put("interval", chunk.interval().label())
          .put("units", chunk.units())
          .put(STATE, "left");
    }
  }

  void pace(Pace pace) {
    data.put("seconds_left", pace.left().map(Duration::toSeconds).orElse(null))
        .put("time_left", pace.text());
  }

  /** Says how the run of a chunk has ended. */
  void ended(int chunk, JobResult result, Duration took) {
    ObjectNode node = node(chunk);
    node.put(STATE, result.outcome()).put("seconds", took.toMillis() / 1000.0);
    result.runId().ifPresent(run -> node.put("run_id", run.toString()));
    result.release().ifPresent(release -> node.put("release", release));
  }

  void failed(int chunk) {
    ObjectNode node = node(chunk).put(STATE, "failed");
    RunLog.runId().ifPresent(run -> node.put("run_id", run.toString()));
  }

  private ObjectNode node(int chunk) {
    return (ObjectNode) chunks.get(chunk);
  }
}
