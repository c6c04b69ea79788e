package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.error.AfpException;
import io.afp.core.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What the doctor finds out about S3: a driver tries it, because the command has no SDK of AWS. */
final class StoreFindings {

  private static final String PART = "s3";

  private StoreFindings() {}

  static List<Finding> all(Settings settings) {
    try {
      DriverFiles.s3Jars();
      return tried(settings);
    } catch (AfpException e) {
      return List.of(Finding.wrong(PART, e));
    }
  }

  private static List<Finding> tried(Settings settings) {
    String id = UUID.randomUUID().toString();
    try (Driver driver = new Driver(settings, "stores-" + id, Progress.forThisProcess())) {
      DriverEnd end = driver.run("io.afp.pipeline.UpkeepJob", id, List.of("stores"));
      List<Finding> findings = new ArrayList<>();
      for (JsonNode store : end.data().path("stores")) {
        findings.add(Finding.ok(PART, store.asText()));
      }
      end.problems().forEach(problem -> findings.add(Finding.of(PART, problem)));
      return findings.isEmpty() ? List.of(Finding.ok(PART, "no bucket is named")) : findings;
    }
  }
}
