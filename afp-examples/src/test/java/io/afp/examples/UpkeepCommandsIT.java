package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A morning with the command: plan, run a part, go back, tidy up. Each test goes on from the last.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpkeepCommandsIT {

  private static final String COUNT =
      "select count(distinct month) as months from mart.route_month";

  private ProjectCopy project;

  @BeforeAll
  void publishJanuary(@TempDir Path folder) {
    project = ProjectCopy.withPostgres(folder);
    project.edit("2013-01", lines -> lines.subList(0, 2000));
    project.edit("2013-02", lines -> lines.subList(0, 2000));
    project.afp("run", "flights", "--interval", "2013-01").succeeded();
  }

  @AfterAll
  void stopPostgres() {
    project.close();
  }

  @Test
  @Order(1)
  void aPlanSaysWhatWouldRunAndWhy() {
    assertThat(project.afp("plan", "flights", "--interval", "2013-01").succeeded().out())
        .contains("Nothing to do");
    assertThat(project.afp("plan", "flights", "--interval", "2013-01..2013-02").succeeded().out())
        .contains("transform, replace, reads raw.airports (flights), raw.flights (flights)")
        .contains("2013-02 missing")
        .containsPattern("dep_at +TIMESTAMP")
        .contains("Up to date: ");
  }

  @Test
  @Order(2)
  void aPlanNamesTheLineOfAWrongColumn() {
    String model = "flights/tables/mart/route_month.sql";
    String sound = project.read(model);
    project.replace(model, "dest", "destination");
    Command.Ended plan = project.afp("plan", "flights", "--interval", "2013-02", "--json");
    project.write(model, sound);

    assertThat(plan.endedWith(78).codes()).containsExactly("AFP-TRF-002");
    assertThat(plan.json().at("/diagnostics/0/path").asText()).endsWith("route_month.sql");
    assertThat(plan.json().at("/diagnostics/0/line").asInt()).isPositive();
  }

  @Test
  @Order(3)
  void aRunOfAPartDoesThatPart() {
    project
        .afp("run", "flights", "--interval", "2013-02", "--select", "+mart.route_month")
        .succeeded();

    assertThat(months()).isEqualTo(2);
    JsonNode plan = project.afp("plan", "flights", "--interval", "2013-02", "--json").json();
    assertThat(plan.at("/data/steps"))
        .extracting(step -> step.path("table").asText())
        .contains("mart.carrier_day", "mart.weather_delay")
        .doesNotContain("core.flight", "mart.route_month");
  }

  @Test
  @Order(3)
  void whatAWholeTableMeasuresIsToldAsAReleaseLeftIt() {
    JsonNode known =
        project
            .afp("quality", "show", "flights", "mart.route_month", "--as-of", "1", "--json")
            .succeeded()
            .json();
    assertThat(known.at("/data/rows").asLong()).isPositive();
    assertThat(known.at("/data/checks"))
        .filteredOn(check -> check.path("judged").asLong() > 0)
        .isNotEmpty();
  }

  @Test
  @Order(4)
  void aRollbackBringsBackWhatIsServed() {
    assertThat(project.afp("rollback", "--to", "1", "--dry-run").succeeded().out())
        .contains("mart.route_month", "dry run");
    assertThat(months()).isEqualTo(2);

    JsonNode done = project.afp("rollback", "--to", "1", "--json").succeeded().json();
    assertThat(done.path("command").asText()).isEqualTo("rollback");
    assertThat(done.at("/data/release").asInt()).isEqualTo(3);
    assertThat(done.at("/data/served")).hasToString("[\"mart.route_month\"]");
    assertThat(done.at("/data/not_served")).isEmpty();
    assertThat(done.at("/data/tables"))
        .anySatisfy(
            table -> {
              assertThat(table.path("table").asText()).isEqualTo("mart.route_month");
              assertThat(table.path("action").asText()).isEqualTo("restore");
              assertThat(table.path("rows_then").asInt())
                  .isPositive()
                  .isLessThan(table.path("rows_now").asInt());
            });
    assertThat(months()).isEqualTo(1);
    assertThat(project.afp("releases").succeeded().out()).contains("rollback to 1");
    assertThat(project.afp("rollback", "--to", "99").endedWith(64).err()).contains("AFP-CAT-005");
  }

  @Test
  @Order(5)
  void aFailedRunLeavesABranchThatCanBeDropped() {
    String table = "flights/tables/mart/route_month.yaml";
    String sound = project.read(table);
    project.replace(table, "checks:", "checks:\n  - { name: many, rows: { min: 1000000 } }");
    Command.Ended run = project.afp("run", "flights", "--interval", "2013-02");
    project.write(table, sound);
    run.endedWith(65);
    JsonNode branches = project.afp("branch", "list", "--json").succeeded().json().path("data");
    String branch = branches.at("/0/branch").asText();

    JsonNode dropped = project.afp("branch", "drop", branch, "--json").succeeded().json();
    assertThat(dropped.path("command").asText()).isEqualTo("branch drop");
    assertThat(dropped.at("/data/branch").asText()).isEqualTo(branch);
    assertThat(dropped.at("/data/tables").asInt()).isEqualTo(branches.at("/0/tables").size());
    assertThat(dropped.at("/data/files").asInt()).isPositive();

    assertThat(project.afp("branch", "list").succeeded().out()).contains("No branch");
    assertThat(project.afp("branch", "drop", branch).endedWith(64).err()).contains("AFP-CAT-004");
  }

  @Test
  @Order(6)
  void aCleanTakesAwayOldReleasesAndTheirFiles() {
    assertThat(project.afp("clean", "--older-than", "soon").endedWith(64).err())
        .contains("ISO-8601");
    String[] clean = {"clean", "--older-than", "PT0S", "--keep-releases", "1", "--json"};
    JsonNode gone = project.afp(clean).succeeded().json().path("data");

    assertThat(gone.path("releases")).hasSize(2);
    assertThat(gone.path("files").asInt()).isPositive();
    assertThat(months()).isEqualTo(1);
    assertThat(project.afp("sql", "--lake", "select count(*) as n from core.flight").out())
        .contains("1999");
    project.afp("rollback", "--to", "1").endedWith(64);
    assertThat(project.afp("run", "flights", "--interval", "2013-01").succeeded().out())
        .contains("Nothing to do");
  }

  private int months() {
    return project.afp("sql", "--json", COUNT).succeeded().json().at("/data/rows/0/0").asInt();
  }
}
