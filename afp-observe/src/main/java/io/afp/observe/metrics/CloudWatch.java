package io.afp.observe.metrics;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.function.Supplier;

/** Whether the jars are there that CloudWatch needs: the SDK of AWS is not shipped. */
final class CloudWatch {

  private static final String REGISTRY = "io.micrometer.cloudwatch2.CloudWatchMeterRegistry";
  private static final String SDK =
      "software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient";

  private CloudWatch() {}

  /**
   * What opens a receiver for a namespace.
   *
   * @throws AfpException LISTENER_MISSING if a jar is not there
   */
  static Supplier<Receiver> receiver(String namespace) {
    require(REGISTRY, "io.micrometer:micrometer-registry-cloudwatch2");
    require(SDK, "software.amazon.awssdk:cloudwatch");
    return () -> new CloudWatchReceiver(namespace);
  }

  private static void require(String type, String artifact) {
    try {
      Class.forName(type, false, CloudWatch.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AfpException(
          ErrorCode.LISTENER_MISSING,
          "Cannot send metrics to CloudWatch: a library is not on the class path (missing=%s)"
              .formatted(artifact),
          "Put its jars, and those that it needs, under classpath of afp.yaml, or take"
              + " observability.cloudwatch out.",
          e);
    }
  }
}
