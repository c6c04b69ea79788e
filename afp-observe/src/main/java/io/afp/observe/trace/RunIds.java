package io.afp.observe.trace;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.UUID;

/** Traces have the id of their run, so that the same id leads to logs, ledger and trace. */
final class RunIds implements IdGenerator {

  private final String trace;

  RunIds(UUID run) {
    this.trace = run.toString().replace("-", "");
  }

  @Override
  public String generateTraceId() {
    return trace;
  }

  @Override
  public String generateSpanId() {
    return IdGenerator.random().generateSpanId();
  }
}
