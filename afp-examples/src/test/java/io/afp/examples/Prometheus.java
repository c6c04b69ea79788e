package io.afp.examples;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A Prometheus with the rules of deploy/ and the Pushgateway that it scrapes, as processes of this
 * machine. Both programs are taken from the PATH, by the names that Debian's packages give them.
 */
final class Prometheus implements AutoCloseable {

  private static final Path DEPLOYED = Reactor.root().resolve("deploy/prometheus");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Command gateway;
  private final Command server;
  private final String gatewayAddress;
  private final String address;

  /** Starts both, with the settings of deploy/ but for addresses and a quicker clock. */
  Prometheus(Path folder) throws IOException {
    String pushes = "127.0.0.1:" + freePort();
    String asks = "127.0.0.1:" + freePort();
    String settings = Files.readString(DEPLOYED.resolve("prometheus.yml"));
    Files.writeString(
        folder.resolve("prometheus.yml"),
        settings.replace("pushgateway:9091", pushes).replace("30s", "1s"));
    Files.copy(DEPLOYED.resolve("rules.yml"), folder.resolve("rules.yml"));
    gateway = run(folder, "prometheus-pushgateway", "--web.listen-address=" + pushes);
    server =
        run(
            folder,
            "prometheus",
            "--config.file=prometheus.yml",
            "--storage.tsdb.path=data",
            "--web.listen-address=" + asks);
    gatewayAddress = "http://" + pushes;
    address = "http://" + asks;
    try {
      awaitReady(gatewayAddress);
      awaitReady(address);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static Command run(Path folder, String... words) {
    return Command.start(folder, Map.of(), List.of(words));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(String base) {
    await().atMost(PATIENCE).ignoreExceptions().until(() -> get(base + "/-/ready").isPresent());
  }

  /** Where drivers push to. */
  String gateway() {
    return gatewayAddress;
  }

  /** The series that an expression gives once it is scraped: waits for such a result. */
  JsonNode ask(String expression, Predicate<JsonNode> wanted) {
    String url = address + "/api/v1/query?query=" + encoded(expression);
    return await()
        .atMost(PATIENCE)
        .until(() -> read(get(url).orElseThrow()).at("/data/result"), wanted);
  }

  /** Waits until an alert fires. */
  void awaitAlert(String name, String pipeline) {
    ask(
        "ALERTS{alertname=\"%s\", alertstate=\"firing\", pipeline=\"%s\"}"
            .formatted(name, pipeline),
        series -> series.size() == 1);
  }

  private Optional<String> get(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    return Optional.of(response.body()).filter(body -> response.statusCode() == 200);
  }

  private static JsonNode read(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    gateway.killWithChildren();
    server.killWithChildren();
  }
}
