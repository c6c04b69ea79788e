package io.afp.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.SparkDistribution;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S3 through spark-submit of an unmodified Spark, with an executor in a process of its own. */
@Tag("integration")
final class S3SubmitIT {

  @TempDir Path folder;

  @Test
  void anExecutorElsewhereReadsAndWritesS3WithTheJarsThatItIsGiven() throws Exception {
    TestSpark.session();
    String address = S3Server.start().address().toString();
    try (Shop shop = new Shop(Files.createDirectory(folder.resolve("project")), address)) {
      shop.orders(1, 11, 12);

      Process submit =
          new ProcessBuilder(command(shop))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("said").toFile())
              .start();

      assertThat(submit.waitFor()).as(Files.readString(folder.resolve("said"))).isZero();
      assertThat(shop.rows("select * from core.sales")).containsExactly("[2,12.50]");
      for (Path log : executorLogs()) {
        assertThat(Files.readString(log)).doesNotContain(S3Server.SECRET_KEY);
      }
    }
  }

  private List<Path> executorLogs() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("spark"))) {
      List<Path> logs = all.filter(file -> file.endsWith("stderr")).toList();
      assertThat(logs).isNotEmpty();
      return logs;
    }
  }

  private List<String> command(Shop shop) throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "SPARK_HOME=" + sparkHome()));
    command.addAll(List.of("SPARK_LOCAL_IP=127.0.0.1", SparkDistribution.sparkSubmit() + ""));
    command.addAll(List.of("--class", "io.afp.pipeline.PipelineJob"));
    command.addAll(List.of("--master", "local-cluster[1,1,1024]"));
    command.addAll(List.of("--jars", s3Jars()));
    for (String conf :
        List.of(
            "spark.ui.enabled=false",
            "spark.driver.host=127.0.0.1",
            "spark.driver.bindAddress=127.0.0.1")) {
      command.addAll(List.of("--conf", conf));
    }
    command.add(jobJar().toString());
    command.addAll(List.of("--project", shop.root() + "", "--interval", "2024-01"));
    command.addAll(List.of("--pipeline", shop.root().resolve("shop").toString()));
    return command;
  }

  /** All of links, so that what executors write is below a folder of this test. */
  private Path sparkHome() throws IOException {
    Path home = Files.createDirectory(folder.resolve("spark"));
    for (String part : List.of("bin", "jars")) {
      Files.createSymbolicLink(home.resolve(part), SparkDistribution.home().resolve(part));
    }
    return home;
  }

  private static String s3Jars() throws IOException {
    return Files.readString(Path.of("target/s3.classpath")).strip().replace(':', ',');
  }

  private static Path jobJar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../afp-pipeline/target"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-spark.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("the job jar is not packaged"))
          .toAbsolutePath();
    }
  }
}
