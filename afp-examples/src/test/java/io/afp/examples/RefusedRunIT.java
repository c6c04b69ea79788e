package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.LeaseKeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a run is said, and nothing of the run is visible. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedRunIT {

  private static final String MODEL = "flights/tables/core/flight.sql";

  private ProjectCopy project;
  private Lake lake;

  @BeforeAll
  void publishJanuary(@TempDir Path folder) {
    project = ProjectCopy.withPostgres(folder);
    lake = new Lake(project);
    project.edit("2013-01", lines -> lines.subList(0, 2000));
    project.edit("2013-02", lines -> lines.subList(0, 2000));
    project.afp("run", "flights", "--interval", "2013-01").succeeded();
  }

  @AfterAll
  void stopPostgres() {
    project.close();
  }

  @Test
  void ofTwelveFilesOneIsBrokenAndNothingOfTheTwelveIsVisible() throws IOException {
    Visible before = Visible.of(project);
    Path july = project.month("2013-07");
    byte[] whole = Files.readAllBytes(july);
    Files.write(july, Arrays.copyOf(whole, whole.length / 2));

    Command.Ended run = project.afp("run", "flights", "--interval", "2013", "--json");
    Files.write(july, whole);

    assertThat(run.endedWith(65).codes()).containsExactly("AFP-ING-002");
    assertThat(run.json().at("/diagnostics/0/message").asText()).contains("2013-07.csv.gz");
    assertThat(run.json().path("ok").asBoolean()).isFalse();
    assertThat(Visible.of(project)).isEqualTo(before);
  }

  @Test
  void twoBrokenRulesAreBothReportedAndTheMendedRunLeavesNothingOfThem() {
    Visible before = Visible.of(project);
    String sound = project.read(MODEL);
    project.write(MODEL, sound.replace(" + interval 1 day", ""));

    assertThat(project.afp("run", "flights", "--interval", "2013-02").endedWith(65).out().lines())
        .as("rows in the report for people")
        .filteredOn(line -> line.startsWith("           flight_date=2013-02-"))
        .isNotEmpty()
        .allMatch(line -> line.length() <= 100);
    Command.Ended run = project.afp("run", "flights", "--interval", "2013-02", "--json");

    assertThat(run.endedWith(65).codes()).hasSizeGreaterThan(1).containsOnly("AFP-QUA-001");
    for (String check : List.of("arrives_after_departure", "time_for_the_flight")) {
      assertThat(run.out()).contains("check %s failed".formatted(check));
      assertThat(samples(run, check)).isNotEmpty().allMatch(day -> day.startsWith("2013-02"));
    }
    assertThat(Visible.of(project)).isEqualTo(before);
    whileAnotherDriverIsAtWorkOnItNothingOfItIsReported(run);

    String branch = run.branch();
    String query =
        "SELECT count_if(arr_at <= dep_at) > 0, count(*) FROM core.flight WHERE flight_date >= '2013-02-01'";
    assertThat(project.afp("sql", "--lake", "--json", "--branch", branch, query).rows())
        .containsExactly("true\t1999");
    List<String> ofBranch = files(lake.branch(branch), "core.flight");
    ofBranch.removeAll(files(lake.main(), "core.flight"));
    assertThat(ofBranch).isNotEmpty().allMatch(RefusedRunIT::exists);

    project.write(MODEL, sound);
    project.afp("run", "flights", "--interval", "2013-02").succeeded();

    assertThat(
            project.rows(
                "SELECT 1 FROM iceberg_tables WHERE catalog_name = 'lake@%s'".formatted(branch)))
        .isEmpty();
    assertThat(
            project.rows("SELECT state AS s FROM afp.branch WHERE name = '%s'".formatted(branch)))
        .containsExactly("{s=discarded}");
    assertThat(ofBranch).noneMatch(RefusedRunIT::exists);
    for (String table :
        List.of("raw.flights", "raw.airlines", "raw.weather", "core.plane", "mart.route_month")) {
      assertThat(files(lake.main(), table)).isNotEmpty().allMatch(RefusedRunIT::exists);
    }
    assertThat(lake.rows("SELECT count(*) FROM core.flight")).containsExactly("[3998]");
  }

  private void whileAnotherDriverIsAtWorkOnItNothingOfItIsReported(Command.Ended run) {
    UUID id = UUID.fromString(run.json().at("/data/run_id").asText());
    try (Database database = Database.open(project.postgres().live().orElseThrow(), "test");
        LeaseKeeper other = LeaseKeeper.tryTake(database, "flights", id).orElseThrow()) {
      Command.Ended refused = project.afp("run", "flights", "--interval", "2013-02", "--json");
      other.verify();

      assertThat(refused.endedWith(75).codes()).containsExactly("AFP-RUN-002");
      assertThat(refused.json().at("/data/checks").isMissingNode()).isTrue();
    }
  }

  private static List<String> samples(Command.Ended run, String check) {
    List<String> samples = new ArrayList<>();
    for (JsonNode found : run.json().at("/data/checks")) {
      if (found.path("check").asText().equals(check)) {
        found.path("samples").forEach(sample -> samples.add(sample.path("flight_date").asText()));
      }
    }
    return samples;
  }

  /** The files of data and the metadata that lead to them. */
  private static List<String> files(SparkSession session, String table) {
    List<String> files = new ArrayList<>();
    for (String sql :
        List.of(
            "SELECT file_path FROM %s.all_data_files",
            "SELECT path FROM %s.all_manifests",
            "SELECT manifest_list FROM %s.snapshots",
            "SELECT file FROM %s.metadata_log_entries")) {
      session.sql(sql.formatted(table)).collectAsList().forEach(row -> files.add(row.getString(0)));
    }
    return files;
  }

  private static boolean exists(String file) {
    return Files.exists(Path.of(file.replaceFirst("^file:/*", "/")));
  }
}
