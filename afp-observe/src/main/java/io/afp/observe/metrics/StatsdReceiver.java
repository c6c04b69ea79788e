package io.afp.observe.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.statsd.StatsdConfig;
import io.micrometer.statsd.StatsdMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A StatsD server, by UDP, with tags as Datadog writes them. Each number is sent when it is
 * counted, by the thread that counts: nothing is left to send at the end.
 */
final class StatsdReceiver implements Receiver {

  private final InetSocketAddress server;
  private final DatagramSocket socket;
  private final StatsdMeterRegistry registry;

  private StatsdReceiver(InetSocketAddress server) throws IOException {
    this.server = server;
    this.socket = new DatagramSocket();
    StatsdConfig config = key -> null;
    this.registry =
        StatsdMeterRegistry.builder(config).clock(Clock.SYSTEM).lineSink(this::send).build();
  }

  /** The server at {@code host:port}. */
  static StatsdReceiver of(String server) {
    String[] parts = server.split(":");
    try {
      return new StatsdReceiver(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public MeterRegistry registry() {
    return registry;
  }

  @Override
  public void end(String pipeline) {
    registry.close();
    socket.close();
  }
}
