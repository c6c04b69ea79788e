package io.afp.observe.trace;

import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.Verdict;
import io.afp.core.spi.RunEvent;
import io.afp.core.spi.RunListener;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A trace of each run: a span for what a driver does of it, and below it one for each step. */
final class TraceListener implements RunListener {

  private static final long PATIENCE_SECONDS = 8;

  private final String target;
  private final Map<UUID, Span> steps = new HashMap<>();
  private OpenTelemetrySdk sdk;
  private Tracer tracer;
  private Span run;

  TraceListener(String target) {
    this.target = target;
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.RunStarted e) {
      start(e);
    } else if (event instanceof RunEvent.StepStarted e) {
      steps.put(e.step().id(), started(e.step()));
    } else if (event instanceof RunEvent.StepEnded e) {
      ended(steps.remove(e.step().id()), e);
    } else if (event instanceof RunEvent.StepFailed e) {
      failed(steps.remove(e.step().id()), e, e.why());
    } else if (event instanceof RunEvent.RunEnded e) {
      run.setAttribute("afp.outcome", e.outcome());
      e.release().ifPresent(release -> run.setAttribute("afp.release", release));
      e.problem().ifPresent(why -> fail(run, why));
      run.end(e.at());
    } else if (event instanceof RunEvent.RunFailed e) {
      failed(run, e, e.why());
    }
  }

  private void start(RunEvent.RunStarted event) {
    sdk = Sdk.open(target, new RunIds(event.run().id()));
    tracer = sdk.getTracer("io.afp");
    run =
        tracer
            .spanBuilder(event.run().record().pipeline())
            .setNoParent()
            .setStartTimestamp(event.run().startedAt())
            .setAttribute("afp.run_id", event.run().id().toString())
            .setAttribute("afp.request", event.run().record().request())
            .startSpan();
  }

  private Span started(RunEvent.Step step) {
    return tracer
        .spanBuilder(step.phase().label() + " " + step.table().name())
        .setParent(Context.root().with(run))
        .setStartTimestamp(step.startedAt())
        .setAttribute("afp.table", step.table().name().toString())
        .setAttribute("afp.phase", step.phase().label())
        .setAttribute("afp.attempt", step.attempt())
        .startSpan();
  }

  private static void ended(Span span, RunEvent.StepEnded event) {
    RunEvent.Result result = event.result();
    span.setAttribute("afp.rows_in", result.rowsIn());
    span.setAttribute("afp.rows_out", result.rowsOut());
    span.setAttribute("afp.rows_rejected", result.rowsRejected());
    span.setAttribute("afp.bytes", result.bytes());
    result.verdicts().stream()
        .filter(verdict -> verdict.status() != Verdict.Status.PASSED)
        .forEach(verdict -> span.addEvent("check", of(verdict)));
    span.end(event.at());
  }

  private static Attributes of(RunEvent.Judged verdict) {
    return Attributes.of(
        AttributeKey.stringKey("afp.check"),
        verdict.check().name(),
        AttributeKey.stringKey("afp.status"),
        verdict.status().name().toLowerCase(Locale.ROOT));
  }

  private static void failed(Span span, RunEvent event, ErrorCode why) {
    fail(span, why);
    span.end(event.at());
  }

  private static void fail(Span span, ErrorCode why) {
    span.setStatus(StatusCode.ERROR, why.code() + " " + why.title());
  }

  /** Steps that did not come to an end are sent, too. */
  @Override
  public void end() {
    if (sdk != null) {
      steps.values().forEach(Span::end);
      run.end();
      sdk.getSdkTracerProvider().shutdown().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
