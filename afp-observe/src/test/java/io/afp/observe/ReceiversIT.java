package io.afp.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real run sends to a Pushgateway, a StatsD server, CloudWatch and an OTLP collector. */
@Tag("integration")
final class ReceiversIT {

  private static final List<Phase> ALL = List.of(Phase.values());
  private static final String KEYS = "aws.accessKeyId aws.secretAccessKey aws.region";

  @TempDir private Path root;
  private Parcels parcels;
  private HttpReceiver http;

  @BeforeEach
  void startAReceiver() throws IOException {
    parcels = new Parcels(root);
    http = new HttpReceiver();
  }

  @AfterEach
  void stopIt() {
    http.close();
    parcels.close();
  }

  private JsonNode run(String settings) throws IOException {
    parcels.observe(settings);
    JsonNode report = parcels.project().run(ALL, "--interval", "2024-01");
    assertThat(report.get("outcome").asText()).as(report.toPrettyString()).isEqualTo("published");
    return report;
  }

  @Test
  void aRunIsOneTraceWithItsOwnIdAndASpanForEachStep() throws IOException {
    String id = run("opentelemetry: \"%s\"".formatted(http.address())).get("run_id").asText();

    assertThat(http.paths()).isNotEmpty().containsOnly("POST /v1/traces");
    List<OtlpSpan> spans = http.bodies().stream().flatMap(b -> OtlpSpan.all(b).stream()).toList();
    assertThat(spans).extracting(OtlpSpan::trace).containsOnly(id.replace("-", ""));
    assertThat(spans)
        .extracting(OtlpSpan::name)
        .containsExactlyInAnyOrder(
            "ingest raw.parcels",
            "transform mart.days",
            "quality raw.parcels",
            "quality mart.days",
            "serve mart.days",
            "p");
    OtlpSpan run = spans.stream().filter(s -> s.name().equals("p")).findFirst().orElseThrow();
    assertThat(spans)
        .filteredOn(s -> s != run)
        .allSatisfy(s -> assertThat(s.parent()).isEqualTo(run.id()))
        .allSatisfy(s -> assertThat(s.end()).isGreaterThanOrEqualTo(s.start()))
        .allSatisfy(s -> assertThat(s.start()).isGreaterThanOrEqualTo(run.start()));
  }

  @Test
  void metricsArePushedToAGatewayWhenTheDriverEnds() throws IOException {
    run("prometheus: \"%s\"".formatted(http.address()));

    assertThat(http.paths()).containsExactly("PUT /metrics/job/afp/pipeline/p");
    Map<String, Double> metrics = prometheus(new String(http.bodies().get(0), UTF_8));
    String raw = "{pipeline=\"p\",table=\"raw.parcels\"}";
    assertThat(metrics)
        .containsEntry("afp_rows_read_total" + raw, 3.0)
        .containsEntry("afp_rows_written_total" + raw, 2.0)
        .containsEntry("afp_rows_rejected_total" + raw, 1.0)
        .containsEntry("afp_lake_files_total" + raw, 1.0)
        .containsEntry("afp_run_seconds_count{pipeline=\"p\",status=\"succeeded\"}", 1.0)
        .containsKey(
            "afp_step_seconds_sum{phase=\"ingest\",pipeline=\"p\",status=\"succeeded\",table=\"raw.parcels\"}");
    assertThat(metrics.keySet())
        .anyMatch(name -> name.startsWith("afp_checks_total{") && name.contains("passed"));
  }

  /** Each line of the text format that is no comment. */
  private static Map<String, Double> prometheus(String text) {
    return text.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" (?=\\S+$)"))
        .collect(Collectors.toMap(parts -> parts[0], parts -> Double.parseDouble(parts[1])));
  }

  @Test
  void metricsAreSentToStatsdWhileTheyAreCounted() throws IOException {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(200);
      run("statsd: \"127.0.0.1:%d\"".formatted(server.getLocalPort()));

      assertThat(lines(server))
          .contains("afp.rows.written:2|c|#statistic:count,pipeline:p,table:raw.parcels")
          .anyMatch(line -> line.matches("afp.run:[\\d.]+\\|ms\\|#pipeline:p,status:succeeded"));
    }
  }

  private static List<String> lines(DatagramSocket server) throws IOException {
    List<String> lines = new ArrayList<>();
    byte[] buffer = new byte[2000];
    while (true) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        server.receive(packet);
      } catch (java.net.SocketTimeoutException e) {
        return lines;
      }
      new String(buffer, 0, packet.getLength(), UTF_8).lines().forEach(lines::add);
    }
  }

  @Test
  void metricsGoToCloudWatchByTheSdkOfAws() throws IOException {
    System.setProperty("aws.endpointUrlCloudWatch", http.address());
    for (String key : KEYS.split(" ")) {
      System.setProperty(key, "test-1");
    }
    try {
      run("cloudwatch: Lakehouse");
    } finally {
      System.clearProperty("aws.endpointUrlCloudWatch");
      for (String key : KEYS.split(" ")) {
        System.clearProperty(key);
      }
    }

    String sent = http.bodies().stream().map(HttpReceiver::text).collect(Collectors.joining());
    assertThat(sent).contains("Lakehouse", "afp.rows.written.count", "raw.parcels");
  }
}
