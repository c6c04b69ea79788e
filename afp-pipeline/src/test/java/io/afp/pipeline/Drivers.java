package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afp.core.job.Backfill;
import io.afp.core.job.Job;
import io.afp.core.job.Upkeep;
import io.afp.core.ledger.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Drivers of a shop in this process, on the Spark of the tests. */
record Drivers(Shop shop) {

  /** Runs the pipeline; its exit code. */
  int run(String interval, String... more) {
    List<String> all = new ArrayList<>(List.of("--interval", interval));
    all.addAll(List.of(more));
    return runOther("shop", all.toArray(String[]::new));
  }

  /** Runs a pipeline that the project has beside; its exit code. */
  int runOther(String pipeline, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--pipeline", shop.root().resolve(pipeline).toString()));
    all.addAll(List.of("--project", shop.root().toString()));
    return Job.of("afp-pipeline", Phase.values()).run(all.toArray(String[]::new));
  }

  /** Backfills with this exit code; the whole report. */
  JsonNode backfill(int exitCode, String... arguments) throws IOException {
    Path report = shop.root().resolve("report.json");
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--pipeline", shop.root().resolve("shop").toString()));
    all.addAll(List.of("--project", shop.root().toString(), "--report", report.toString()));
    int found = Backfill.run(all.toArray(String[]::new));
    JsonNode document = new ObjectMapper().readTree(report.toFile());
    assertThat(found).as(document.toString()).isEqualTo(exitCode);
    return document;
  }

  /** Does upkeep that ends with this exit code; its data, or the whole report of a failure. */
  JsonNode upkeep(int exitCode, String... arguments) throws IOException {
    JsonNode document = upkeepReport(exitCode, arguments);
    return exitCode == 0 ? document.path("data") : document;
  }

  /** Does upkeep that ends with this exit code; the whole report. */
  JsonNode upkeepReport(int exitCode, String... arguments) throws IOException {
    Path report = shop.root().resolve("report.json");
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--project", shop.root().toString(), "--report", report.toString()));
    int found = Upkeep.run(all.toArray(String[]::new));
    JsonNode document = new ObjectMapper().readTree(report.toFile());
    assertThat(found).as(document.toString()).isEqualTo(exitCode);
    return document;
  }
}
