import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * Plays the service of the stations: {@code GET /reports?day=2013-01-15&page=1} gives up to 50
 * reports of a day, and the number of the next page in a header. It wants a key, and tells by an
 * ETag whether a day has changed.
 */
public class Stations {

  private static final int PAGE = 50;
  private static final Path WEATHER = Path.of("../flights/data/weather.csv.gz");
  private static final String WRONG = "EWR,2013,1,15,7,37.04,";
  private static final String RIGHT = "EWR,2013,1,15,7,38.04,";

  private final Map<String, List<String>> days;

  private Stations(Map<String, List<String>> days) {
    this.days = days;
  }

  /** Serves until it is ended; {@code corrected} serves another temperature of 15 January. */
  public static void main(String[] args) throws IOException {
    boolean corrected = List.of(args).contains("corrected");
    Stations stations = new Stations(read(corrected));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8013), 0);
    server.createContext("/reports", stations::answer);
    server.start();
    System.out.println("Serving");
  }

  private static Map<String, List<String>> read(boolean corrected) throws IOException {
    try (BufferedReader csv =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(WEATHER)), StandardCharsets.UTF_8))) {
      return csv.lines()
          .skip(1)
          .map(line -> corrected ? line.replace(WRONG, RIGHT) : line)
          .map(line -> line.split(","))
          .collect(
              Collectors.groupingBy(
                  fields -> fields[14].substring(0, 10),
                  TreeMap::new,
                  Collectors.mapping(Stations::json, Collectors.toList())));
    }
  }

  private static String json(String[] fields) {
    return """
    {"station": "%s", "time": "%s", "temp": %s, "wind_speed": %s, "visib": %s}\
    """
        .formatted(fields[0], fields[14], number(fields[5]), number(fields[9]), number(fields[13]));
  }

  private static String number(String text) {
    return text.equals("NA") ? "null" : text;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!"a key".equals(exchange.getRequestHeaders().getFirst("X-Api-Key"))) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      String[] query = exchange.getRequestURI().getQuery().split("[=&]"); // day=…&page=…
      List<String> reports = days.getOrDefault(query[1], List.of());
      exchange.getResponseHeaders().set("ETag", Integer.toHexString(reports.hashCode()));
      send(exchange, reports, Integer.parseInt(query[3]));
    }
  }

  private static void send(HttpExchange exchange, List<String> reports, int page)
      throws IOException {
    int end = Math.min(page * PAGE, reports.size());
    if (end < reports.size()) {
      exchange.getResponseHeaders().set("Next-Page", "" + (page + 1));
    }
    List<String> shown = reports.subList(Math.min((page - 1) * PAGE, end), end);
    byte[] body = "{\"reports\": %s}".formatted(shown).getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }
}
