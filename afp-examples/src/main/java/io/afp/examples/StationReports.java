package io.afp.examples;

import io.afp.core.definition.Interval;
import io.afp.core.settings.ConnectionSettings;
import io.afp.core.settings.Secret;
import io.afp.core.spi.Source;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reports of weather stations from a service that gives them day by day, in pages of JSON; fills
 * {@code raw.report} of the pipeline {@code stations}.
 */
public final class StationReports implements Source {

  /** Texts, because the contract of the table parses them, and keeps what it can't parse. */
  private static final String PAGE =
      "reports ARRAY<STRUCT<station: STRING, time: STRING, temp: STRING,"
          + " wind_speed: STRING, visib: STRING>>";

  private final HttpClient client = HttpClient.newHttpClient();

  @Override
  public Dataset<Row> rows(SparkSession session, Asked asked) throws Exception {
    List<String> pages = new ArrayList<>();
    for (Interval day : asked.interval().orElseThrow().units()) {
      pages.addAll(pages(asked, day));
    }
    return session
        .read()
        .schema(PAGE)
        .json(session.createDataset(pages, Encoders.STRING()))
        .selectExpr("inline(reports)")
        .withColumnRenamed("time", "observed_at");
  }

  /** A day is read again when the service has another tag for it. */
  @Override
  public Optional<String> version(Asked asked) throws Exception {
    return ask(asked, "HEAD", asked.interval().orElseThrow(), "1").headers().firstValue("ETag");
  }

  private List<String> pages(Asked asked, Interval day) throws Exception {
    List<String> pages = new ArrayList<>();
    Optional<String> page = Optional.of("1");
    while (page.isPresent()) {
      HttpResponse<String> answer = ask(asked, "GET", day, page.get());
      pages.add(answer.body());
      page = answer.headers().firstValue("Next-Page");
    }
    return pages;
  }

  private HttpResponse<String> ask(Asked asked, String method, Interval day, String page)
      throws Exception {
    ConnectionSettings service = asked.connections().get(asked.arguments().get("connection"));
    URI address =
        URI.create("%s/reports?day=%s&page=%s".formatted(service.uri(), day.label(), page));
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .method(method, BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(30))
            .header("X-Api-Key", service.password().map(Secret::reveal).orElse(""))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("%s answers %d".formatted(address, answer.statusCode()));
    }
    return answer;
  }
}
