package io.afp.core.settings;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the life of runs is told beside the log and the ledger; nowhere where all is empty.
 *
 * @param openlineage where OpenLineage events go: an address, {@code file:PATH}, {@code console},
 *     or {@code config} for what OpenLineage's own file or variables say
 * @param openlineageKey the API key of that address
 * @param openlineageNamespace the namespace of jobs
 * @param prometheus the address of a Prometheus Pushgateway
 * @param statsd host and port of a StatsD server
 * @param cloudwatch the namespace of the metrics in CloudWatch
 * @param opentelemetry where traces go: the address of a collector, or {@code config} for what
 *     OpenTelemetry's own variables say
 */
public record ObservabilitySettings(
    Optional<String> openlineage,
    Optional<Secret> openlineageKey,
    Optional<String> openlineageNamespace,
    Optional<String> prometheus,
    Optional<String> statsd,
    Optional<String> cloudwatch,
    Optional<String> opentelemetry) {

  /** What stands for the configuration that a library finds by its own rules. */
  public static final String OWN_CONFIG = "config";

  static final String PREFIX = "observability.";

  static ObservabilitySettings of(Map<String, String> values) {
    return new ObservabilitySettings(
        value(values, "openlineage"),
        value(values, "openlineage_key").map(Secret::of),
        value(values, "openlineage_namespace"),
        value(values, "prometheus"),
        value(values, "statsd"),
        value(values, "cloudwatch"),
        value(values, "opentelemetry"));
  }

  private static Optional<String> value(Map<String, String> values, String key) {
    return Optional.ofNullable(values.get(PREFIX + key)).filter(text -> !text.isEmpty());
  }

  /** Whether anybody is to be told. */
  public boolean isUsed() {
    return Stream.of(openlineage, prometheus, statsd, cloudwatch, opentelemetry)
        .anyMatch(Optional::isPresent);
  }

  @Override
  public String toString() {
    return "ObservabilitySettings[openlineage=%s, prometheus=%s, statsd=%s, cloudwatch=%s, opentelemetry=%s]"
        .formatted(
            openlineage.map(Addresses::shown),
            prometheus.map(Addresses::shown),
            statsd,
            cloudwatch,
            opentelemetry.map(Addresses::shown));
  }
}
