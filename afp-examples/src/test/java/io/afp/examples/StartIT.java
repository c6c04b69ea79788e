package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.SparkDistribution;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.apache.iceberg.spark.SparkCatalog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

/** What a driver of spark-submit says of a class path that it can't work with, before any work. */
@Tag("long")
class StartIT {

  private static final int JAVA_8 = 52;

  @TempDir Path folder;

  /** The project has no pipeline, which is what a job would say next. */
  private Command.Ended submit(String option, Path jar) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(SparkDistribution.sparkSubmit().toString(), "--master", "local[1]"));
    command.addAll(List.of("--class", "io.afp.ingestion.IngestionJob", option, jar.toString()));
    command.add(Reactor.jobJar("afp-ingestion").toString());
    command.addAll(List.of("--project", folder.toString(), "--pipeline", "none"));
    return Command.start(folder, Map.of("SPARK_LOCAL_IP", "127.0.0.1"), command).ended();
  }

  private static Path jarOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void aSecondDriverOfPostgresIsNamedWithBothJars() throws Exception {
    Path second = Files.copy(jarOf(Driver.class), folder.resolve("postgresql-of-others.jar"));

    assertThat(submit("--jars", second).endedWith(78).err())
        .contains(
            "AFP-RUN-010 Cannot start: the JDBC driver of Postgres is on the class path more than once",
            Reactor.jobJar("afp-ingestion").getFileName().toString(),
            second.getFileName().toString(),
            "fix  Leave one",
            "afp-ingestion: failed (exit code 78)")
        .doesNotContain("AFP-DEF-011");
  }

  @Test
  void anIcebergAmongTheJarsOfSparkDoesNotSeeTheDriver() throws Exception {
    assertThat(submit("--driver-class-path", jarOf(SparkCatalog.class)).endedWith(78).err())
        .contains(
            "AFP-RUN-010 Cannot start: Iceberg is on the class path more than once",
            "AFP-RUN-010  Cannot start: Iceberg does not see the JDBC driver of Postgres");
  }

  /** Spark says which one it is by a file, which another one has too. */
  @Test
  void anotherSparkIsNamed() throws IOException {
    Path other = folder.resolve("spark-core-3.4.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(other))) {
      jar.putNextEntry(new JarEntry("spark-version-info.properties"));
      jar.write("version=3.4.4\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(submit("--driver-class-path", other).endedWith(78).err())
        .contains(
            "AFP-RUN-011 Cannot start: AFP is built for another Spark (needed=3.5, found=3.4.4)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io/afp/pipeline/PipelineJob",
        "io/afp/pipeline/BackfillJob",
        "io/afp/ingestion/IngestionJob",
        "io/afp/transform/TransformJob",
        "io/afp/quality/QualityJob",
        "io/afp/quality/CheckJob",
        "io/afp/serving/ServingJob",
        "io/afp/core/job/JavaVersion"
      })
  void aJavaThatIsTooOldLoadsTheEntriesThatRefuseIt(String entry) throws IOException {
    try (JarFile jar = new JarFile(Reactor.jobJar("afp-pipeline").toFile());
        DataInputStream in =
            new DataInputStream(jar.getInputStream(jar.getEntry(entry + ".class")))) {
      in.readInt();
      in.readUnsignedShort();
      assertThat(in.readUnsignedShort()).as("version of class files").isEqualTo(JAVA_8);
    }
  }
}
