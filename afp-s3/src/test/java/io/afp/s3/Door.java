package io.afp.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Stands before a server, notes who asks for what, and can give another answer. */
final class Door implements AutoCloseable {

  static {
    // The signature is over the host that the client has named.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  private static final Set<String> OF_THE_CONNECTION = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    OF_THE_CONNECTION.addAll(
        List.of("connection", "content-length", "expect", "transfer-encoding", "upgrade"));
  }

  private final URI server;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Function<Asked, Optional<Answer>> instead = a -> Optional.empty();
  private volatile Function<Asked, OptionalLong> cut = a -> OptionalLong.empty();

  /**
   * A request.
   *
   * @param path in the server
   * @param query what stands after the question mark
   * @param from the first byte of the object that is asked for
   */
  record Asked(int number, String method, String path, String query, long from) {

    boolean isListing() {
      return method.equals("GET") && (query.contains("list-type") || query.contains("prefix="));
    }

    boolean isRead() {
      return method.equals("GET") && !isListing();
    }
  }

  /** What the server does not say itself. */
  record Answer(int status, String body) {

    static Answer error(int status, String code, String message) {
      return new Answer(
          status,
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
              .formatted(code, message));
    }
  }

  Door(URI server) {
    this.server = server;
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(threads);
    http.createContext("/", this::answer);
    http.start();
  }

  String address() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** The requests since the last call. */
  List<Asked> taken() {
    List<Asked> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  /** From now on, another answer to the requests for which there is one. */
  void instead(Function<Asked, Optional<Answer>> answers) {
    instead = answers;
  }

  /**
   * From now on, the connection is closed where more than so many bytes of an object are asked for:
   * those before arrive, and its length was told.
   */
  void cut(Function<Asked, OptionalLong> bytes) {
    cut = bytes;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      URI uri = exchange.getRequestURI();
      String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
      Asked request;
      synchronized (asked) {
        request =
            new Asked(
                asked.size() + 1,
                exchange.getRequestMethod(),
                uri.getRawPath(),
                query,
                first(exchange));
        asked.add(request);
      }
      Optional<Answer> other = instead.apply(request);
      if (other.isPresent()) {
        send(exchange, other.get());
      } else {
        back(exchange, forward(exchange, body), cut.apply(request), request.from());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long first(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return range == null ? 0 : Long.parseLong(range.replaceFirst("bytes=(\\d+)-.*", "$1"));
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    boolean empty = exchange.getRequestMethod().equals("HEAD");
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : body.length);
    if (!empty) {
      exchange.getResponseBody().write(body);
    }
  }

  private HttpResponse<InputStream> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> values.forEach(value -> copy(request, name, value)));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  private static void copy(HttpRequest.Builder request, String name, String value) {
    if (!OF_THE_CONNECTION.contains(name)) {
      request.header(name, value);
    }
  }

  private static void back(
      HttpExchange exchange, HttpResponse<InputStream> response, OptionalLong cut, long from)
      throws IOException {
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              boolean length = isHead && name.equalsIgnoreCase("content-length");
              if (length || !OF_THE_CONNECTION.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    byte[] body = response.body().readAllBytes();
    exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
    int most = (int) Math.max(0, Math.min(body.length, cut.orElse(Long.MAX_VALUE) - from));
    exchange.getResponseBody().write(body, 0, most);
    exchange.getResponseBody().flush();
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
