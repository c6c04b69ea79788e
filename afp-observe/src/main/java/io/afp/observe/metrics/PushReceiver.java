package io.afp.observe.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.exporter.pushgateway.Format;
import io.prometheus.metrics.exporter.pushgateway.PushGateway;
import io.prometheus.metrics.exporter.pushgateway.Scheme;
import java.net.URI;
import java.time.Duration;

/**
 * A Prometheus Pushgateway: a driver does not live long enough to be scraped. Its metrics take the
 * place of those of the driver before it, in the group {@code job="afp", pipeline=…}.
 */
final class PushReceiver implements Receiver {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final URI address;

  PushReceiver(String address) {
    this.address = URI.create(address);
  }

  @Override
  public MeterRegistry registry() {
    return registry;
  }

  @Override
  public void end(String pipeline) throws Exception {
    PushGateway.builder()
        .scheme(address.getScheme().equals("https") ? Scheme.HTTPS : Scheme.HTTP)
        .address(address.getAuthority())
        .job("afp")
        .format(Format.PROMETHEUS_TEXT)
        .groupingKey("pipeline", pipeline)
        .registry(registry.getPrometheusRegistry())
        .connectionTimeout(TIMEOUT)
        .readTimeout(TIMEOUT)
        .build()
        .push();
  }
}
