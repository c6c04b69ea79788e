package io.afp.observe.metrics;

import io.micrometer.cloudwatch2.CloudWatchConfig;
import io.micrometer.cloudwatch2.CloudWatchMeterRegistry;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;

/** CloudWatch; account, region and endpoint are found by AWS's own rules. */
final class CloudWatchReceiver implements Receiver {

  private final CloudWatchAsyncClient client = CloudWatchAsyncClient.create();
  private final CloudWatchMeterRegistry registry;

  CloudWatchReceiver(String namespace) {
    CloudWatchConfig config = key -> key.equals("cloudwatch.namespace") ? namespace : null;
    this.registry = new CloudWatchMeterRegistry(config, Clock.SYSTEM, client);
  }

  @Override
  public MeterRegistry registry() {
    return registry;
  }

  /** What was counted is sent by the end of the registry. */
  @Override
  public void end(String pipeline) {
    registry.close();
    client.close();
  }
}
