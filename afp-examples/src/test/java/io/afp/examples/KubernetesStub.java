package io.afp.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes what a client asks the API server of Kubernetes to make, and does nothing: what it was
 * asked for is all that it shows.
 */
final class KubernetesStub implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();

  KubernetesStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] object = exchange.getRequestBody().readAllBytes();
      if (object.length > 0) {
        asked.add(JSON.readTree(object));
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(
          object.length > 0 ? 201 : 404, object.length > 0 ? object.length : -1);
      exchange.getResponseBody().write(object);
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * The one object of a kind that it was asked for.
   *
   * @param name a pattern of its name
   */
  JsonNode one(String kind, String name) {
    List<JsonNode> found =
        asked.stream()
            .filter(object -> object.path("kind").asText().equals(kind))
            .filter(object -> object.at("/metadata/name").asText().matches(name))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError("not one %s %s: %s".formatted(kind, name, asked));
    }
    return found.get(0);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
