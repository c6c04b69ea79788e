package io.afp.observe.metrics;

import io.afp.core.ledger.Phase;
import io.afp.core.spi.RunEvent;
import io.afp.core.spi.RunEvent.Result;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The metrics of AFP. No tag has the id of a run: each value of a tag is a series for ever. */
record Meters(MeterRegistry registry, String pipeline) {

  void count(RunEvent event) {
    if (event instanceof RunEvent.RunEnded e) {
      run(e, e.problem().isPresent() ? "failed" : "succeeded");
    } else if (event instanceof RunEvent.RunFailed e) {
      run(e, "failed");
    } else if (event instanceof RunEvent.RunAbandoned) {
      registry.counter("afp.runs.killed", "pipeline", pipeline).increment();
    } else if (event instanceof RunEvent.StepEnded e) {
      step(e, e.step(), "succeeded");
      result(e.step(), e.result());
    } else if (event instanceof RunEvent.StepFailed e) {
      step(e, e.step(), "failed");
    }
  }

  private void run(RunEvent event, String status) {
    registry
        .timer("afp.run", "pipeline", pipeline, "status", status)
        .record(since(event.run().startedAt(), event));
  }

  private void step(RunEvent event, RunEvent.Step step, String status) {
    registry
        .timer("afp.step", of(step).and("phase", step.phase().label(), "status", status))
        .record(since(step.startedAt(), event));
  }

  private static Duration since(Instant start, RunEvent event) {
    return Duration.between(start, event.at());
  }

  private void result(RunEvent.Step step, Result result) {
    Tags table = of(step);
    if (step.phase().fills()) {
      registry.counter("afp.rows.read", table).increment(result.rowsIn());
      registry.counter("afp.rows.written", table).increment(result.rowsOut());
      registry.counter("afp.rows.rejected", table).increment(result.rowsRejected());
      registry.counter("afp.lake.bytes", table).increment(result.bytes());
      registry.counter("afp.lake.files", table).increment(result.files().orElse(0));
    } else if (step.phase() == Phase.SERVE) {
      registry.counter("afp.rows.served", table).increment(result.rowsOut());
    }
    result.verdicts().forEach(verdict -> verdict(table, verdict));
  }

  private void verdict(Tags table, RunEvent.Judged verdict) {
    registry
        .counter(
            "afp.checks",
            table.and(
                "status", word(verdict.status()), "severity", word(verdict.check().severity())))
        .increment();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private Tags of(RunEvent.Step step) {
    return Tags.of("pipeline", pipeline, "table", step.table().name().toString());
  }
}
