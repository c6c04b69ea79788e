package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Database.Account;
import io.afp.core.settings.Build;
import io.afp.core.testing.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

  @TempDir Path folder;

  @BeforeEach
  void aBuiltRoot() throws IOException {
    Path target = Files.createDirectories(folder.resolve("afp/afp-pipeline/target"));
    Path spark = target.resolve("spark-core_2.12-%s.jar".formatted(Build.read().spark()));
    Files.createFile(spark);
    Files.createFile(target.resolve("afp-pipeline-1-spark.jar"));
    Files.writeString(target.resolve("spark.classpath"), spark.toString());
    System.setProperty("afp.home", folder.resolve("afp").toString());
  }

  @AfterEach
  void noRoot() {
    System.clearProperty("afp.home");
  }

  @Test
  void aSoundMachineIsWell() {
    TestCommand doctor = TestProjectFolder.withLedger(folder).afp("doctor --json");

    assertThat(states(doctor.data()))
        .containsKeys("java", "disk of .afp", "warehouse", "driver", "loopback")
        .containsEntry("spark", "ok")
        .containsEntry("postgres", "ok")
        .containsEntry("ledger", "ok")
        .doesNotContainValue("wrong");
    assertThat(TestProjectFolder.withLedger(folder).afp("doctor").succeeded().out())
        .contains("ok       postgres      1");
  }

  @Test
  void aDatabaseWithoutALedgerIsToldHowToGetOne() {
    TestProjectFolder project = TestProjectFolder.in(folder, TestPostgres.empty());

    TestCommand doctor = project.afp("doctor").endedWith(78);

    assertThat(doctor.out()).containsPattern("wrong +ledger").contains("Run `afp db migrate`.");
    assertThat(doctor.err()).isEmpty();
    assertThat(project.afp("doctor --json").endedWith(78).json().at("/diagnostics/0/code").asText())
        .isEqualTo("AFP-LED-002");
  }

  @Test
  void aPostgresThatDoesNotAnswerDoesNotHideTheRest() throws IOException {
    TestProjectFolder project = TestProjectFolder.in(folder, closedPort());

    TestCommand doctor = project.afp("doctor --json").endedWith(69);

    assertThat(states(doctor.json().path("data")))
        .containsEntry("postgres", "wrong")
        .containsEntry("spark", "ok");
  }

  private static Account closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Account(
          "jdbc:postgresql://127.0.0.1:%d/afp".formatted(socket.getLocalPort()),
          Optional.empty(),
          Optional.empty());
    }
  }

  @Test
  void missingJarsAndAnotherSparkAreFound() throws IOException {
    TestProjectFolder project = TestProjectFolder.withLedger(folder);
    Path target = folder.resolve("afp/afp-pipeline/target");
    Path other = Files.createFile(target.resolve("spark-core_2.12-3.4.1.jar"));
    Files.writeString(target.resolve("spark.classpath"), other.toString());
    assertThat(project.afp("doctor").endedWith(69).out()).contains("spark-core_2.12-3.4.1.jar");

    Files.delete(other);
    assertThat(project.afp("doctor").endedWith(69).out()).contains("1 of its 1 jars");

    Files.delete(target.resolve("spark.classpath"));
    assertThat(project.afp("doctor").endedWith(78).out()).contains("a part of AFP is not there");
  }

  @Test
  void aWarehouseThatCanNotBeWrittenAndAPortThatIsTakenAreFound() throws IOException {
    TestProjectFolder project = TestProjectFolder.withLedger(folder);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      project.write("no folder", "");
      project.write(
          "afp.yaml",
          Files.readString(project.root().resolve("afp.yaml"))
                  .replace(" }", ", warehouse: no folder }")
              + "spark: { ui.port: %d }\n".formatted(taken.getLocalPort()));

      TestCommand doctor = project.afp("doctor --json").endedWith(69);

      assertThat(states(doctor.json().path("data")))
          .containsEntry("warehouse", "wrong")
          .containsEntry("spark.ui.port", "warning");
    }
  }

  @Test
  void aServingOfItsOwnIsTriedWithItsOwnAccount() throws IOException {
    TestProjectFolder project = TestProjectFolder.withLedger(folder);
    String lake = Files.readString(project.root().resolve("afp.yaml"));
    String serving = "serving: { uri: \"%s\" }\n";

    project.write("afp.yaml", lake + serving.formatted(TestPostgres.empty().uri()));
    assertThat(states(project.afp("doctor --json").data())).containsEntry("serving", "ok");

    project.write("afp.yaml", lake + serving.formatted(closedPort().uri()));
    assertThat(states(project.afp("doctor --json").endedWith(69).json().path("data")))
        .containsEntry("serving", "wrong")
        .containsEntry("postgres", "ok");
  }

  @Test
  void databasesOfSourcesAreTriedWithTheTablesThatAreReadThere() throws IOException {
    TestProjectFolder project = TestProjectFolder.withLedger(folder);
    Account crm = TestPostgres.empty();
    project.write(
        "afp.yaml",
        Files.readString(project.root().resolve("afp.yaml"))
            + """
            connections:
              crm: { uri: "%s" }
              old: { uri: "jdbc:oracle:thin:scott/geheim@//db" }
              down: { uri: "%s&password=geheim" }
            """
                .formatted(crm.uri(), closedPort().uri() + "?user=afp"));
    project.write("p/pipeline.yaml", "pipeline: p\n");
    String table =
        "from: { jdbc: { connection: crm, table: %s } }\ncolumns: { id: { type: int } }\n";
    project.write("p/tables/raw/t.yaml", table.formatted("pg_catalog.pg_class"));

    TestCommand doctor = project.afp("doctor --json").endedWith(69);
    assertThat(states(doctor.json().path("data")))
        .containsEntry("crm", "ok")
        .containsEntry("old", "wrong")
        .containsEntry("down", "wrong");
    assertThat(doctor.out())
        .contains("1 source can be read", "AFP-JDBC-005")
        .doesNotContain("geheim");

    project.write("p/tables/raw/t.yaml", table.formatted("nowhere"));
    assertThat(project.afp("doctor").endedWith(78).out())
        .containsPattern("wrong +crm")
        .contains("relation \"nowhere\" does not exist");
  }

  @Test
  void whereNoProjectIsTheMachineIsLookedAtAndNothingIsMade() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    TestCommand doctor = TestCommand.run("doctor", "--json", "--project", empty.toString());

    assertThat(states(doctor.data()))
        .containsEntry("spark", "ok")
        .containsEntry("project", "warning")
        .doesNotContainKeys("warehouse", "postgres", "ledger");
    assertThat(doctor.json().at("/diagnostics").findValuesAsText("code")).contains("AFP-DEF-014");
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void aSettingThatCanNotBeUsedHidesOnlyWhatHangsOnIt() {
    TestProjectFolder project = TestProjectFolder.withLedger(folder);
    project.write(
        "afp.yaml",
        """
        lake: { uri: "${env:AFP_IS_NOT_THERE}" }
        spark: { ui.port: 1 }
        """);

    TestCommand doctor = project.afp("doctor --json").endedWith(78);

    assertThat(states(doctor.json().path("data")))
        .containsEntry("settings", "wrong")
        .containsEntry("spark", "ok")
        .containsKey("spark.ui.port")
        .doesNotContainKeys("warehouse", "postgres");
    assertThat(project.afp("doctor").endedWith(78).out())
        .contains("AFP_IS_NOT_THERE", "at afp.yaml:1");
    assertThat(project.root().resolve(".afp")).doesNotExist();
  }

  @Test
  void settingsThatCanNotBeReadHideNothingOfTheMachine() {
    TestProjectFolder project = TestProjectFolder.withLedger(folder);
    project.write("afp.yaml", "lake: [");

    assertThat(states(project.afp("doctor --json").endedWith(78).json().path("data")))
        .containsEntry("settings", "wrong")
        .containsEntry("spark", "ok");
  }

  @Test
  void aWarehouseElsewhereIsNotSaidToBeWell() throws IOException {
    TestProjectFolder project = TestProjectFolder.withLedger(folder);
    String lake = Files.readString(project.root().resolve("afp.yaml"));
    project.write("afp.yaml", lake.replace(" }", ", warehouse: \"hdfs://lake/\" }"));

    assertThat(states(project.afp("doctor --json").data())).containsEntry("warehouse", "untried");
    assertThat(project.afp("doctor").succeeded().out())
        .contains("untried  warehouse     hdfs://lake/");
  }

  @Test
  void aWarehouseInS3WithoutTheJarsForItIsWrong() throws IOException {
    TestProjectFolder project = TestProjectFolder.withLedger(folder);
    String lake = Files.readString(project.root().resolve("afp.yaml"));
    project.write("afp.yaml", lake.replace(" }", ", warehouse: \"s3a://lake/\" }"));

    assertThat(states(project.afp("doctor --json").endedWith(78).json().path("data")))
        .containsEntry("s3", "wrong")
        .doesNotContainKey("warehouse");
  }

  private static Map<String, String> states(JsonNode data) {
    Map<String, String> states = new TreeMap<>();
    data.forEach(f -> states.put(f.path("part").asText(), f.path("state").asText()));
    return states;
  }
}
