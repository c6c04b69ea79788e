package io.afp.observe.trace;

import io.afp.core.settings.ObservabilitySettings;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.Map;

/** OpenTelemetry's SDK as its own variables say, but for what the settings of AFP say. */
final class Sdk {

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.service.name", "afp",
          "otel.exporter.otlp.protocol", "http/protobuf",
          "otel.exporter.otlp.timeout", "5000",
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none");

  private Sdk() {}

  /**
   * A SDK of its own; what else is in the process keeps its own.
   *
   * @param target the address of a collector, or {@code config}
   */
  static OpenTelemetrySdk open(String target, IdGenerator ids) {
    return AutoConfiguredOpenTelemetrySdk.builder()
        .addPropertiesSupplier(() -> DEFAULTS)
        .addPropertiesCustomizer(properties -> address(target))
        .addTracerProviderCustomizer((tracing, properties) -> tracing.setIdGenerator(ids))
        .disableShutdownHook()
        .build()
        .getOpenTelemetrySdk();
  }

  private static Map<String, String> address(String target) {
    return target.equals(ObservabilitySettings.OWN_CONFIG)
        ? Map.of()
        : Map.of("otel.exporter.otlp.endpoint", target, "otel.traces.exporter", "otlp");
  }
}
