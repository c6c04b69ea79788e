package io.afp.guards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seeded breaches of the guard of the job jars. */
class SparkJarTest {
  private static final String LAYER = "io/afp/layer/Layer.class";
  private static final String HIKARI = "io/afp/shaded/hikari/HikariDataSource.class";
  private static final String DRIVER = "org/postgresql/Driver.class";
  private static final String DRIVER_SERVICE = "META-INF/services/java.sql.Driver";
  private static final String DEEQU = "org/apache/spark/sql/DeequFunctions.class";

  @TempDir Path folder;
  private List<Dependency> classPath;

  @BeforeEach
  void classPathOfTheModule() throws IOException {
    classPath =
        List.of(
            dependency("io.afp:afp-layer", LAYER),
            dependency("com.zaxxer:HikariCP:7.1.0", "com/zaxxer/hikari/HikariDataSource.class"),
            dependency("org.postgresql:postgresql:42.7.14", DRIVER, DRIVER_SERVICE),
            dependency("com.amazon.deequ:deequ:2.1.0-spark-3.5", DEEQU),
            dependency("org.slf4j:slf4j-api:2.0.7", "org/slf4j/Logger.class"),
            dependency(
                "org.apache.spark:spark-core_2.12:3.5.9", "org/apache/spark/SparkContext.class"));
  }

  @Test
  void good_jar_has_no_problem_and_names_what_it_bundles() throws IOException {
    SparkJar jar = shaded(LAYER, HIKARI, DRIVER, DRIVER_SERVICE, DEEQU);

    assertThat(jar.problems()).isEmpty();
    assertThat(jar.dependencies())
        .containsExactly(
            "com.amazon.deequ:deequ:2.1.0-spark-3.5",
            "com.zaxxer:HikariCP:7.1.0",
            "io.afp:afp-layer",
            "org.postgresql:postgresql:42.7.14");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scala/Option.class",
        "org/slf4j/Logger.class",
        "org/apache/logging/log4j/Logger.class",
        "org/apache/log4j/Logger.class",
        "org/apache/commons/lang3/StringUtils.class",
        "org/apache/hadoop/fs/Path.class",
        "ch/qos/logback/classic/Logger.class",
        "com/fasterxml/jackson/core/JsonParser.class",
        "com/google/common/collect/Lists.class",
        "javax/annotation/Nullable.class",
        "jakarta/annotation/Nullable.class",
        "org/checkerframework/checker/nullness/qual/Nullable.class"
      })
  void class_that_Spark_brings_is_caught(String entry) throws IOException {
    assertThat(shaded(LAYER, entry).problems())
        .contains(entry + " belongs to Spark: exclude its artifact from the shade plugin");
  }

  @Test
  void class_of_Spark_is_caught() throws IOException {
    assertThat(shaded(LAYER, DEEQU, "org/apache/spark/SparkContext.class").problems())
        .containsExactly(
            "org/apache/spark/SparkContext.class is a class of Spark: declare Spark as provided");
  }

  @Test
  void class_that_Sparks_distribution_has_too_is_caught() throws IOException {
    jar("spark/core.jar", "org/apache/spark/SparkContext.class", "org/antlr/Lexer.class");
    Path shaded = jar("shaded.jar", LAYER, "org/antlr/Lexer.class");

    assertThat(
            SparkJar.read(shaded, List.of()).classesAmong(SparkClasses.in(folder.resolve("spark"))))
        .containsExactly("org/antlr/Lexer.class");
  }

  @Test
  void folder_without_Spark_is_caught(@TempDir Path empty) {
    assertThatThrownBy(() -> SparkClasses.in(empty))
        .hasMessageStartingWith("Cannot compare with Spark: its jars lack a class");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com/zaxxer/hikari/HikariDataSource.class",
        "org/snakeyaml/engine/v2/api/Load.class",
        "org/jdbi/v3/core/Jdbi.class",
        "io/leangen/geantyref/TypeFactory.class"
      })
  void class_that_is_not_relocated_is_caught(String entry) throws IOException {
    assertThat(shaded(LAYER, entry).problems())
        .contains(entry + " is not relocated: Spark's own copy would be loaded instead of it");
  }

  @Test
  void class_of_no_dependency_is_caught() throws IOException {
    assertThat(shaded(LAYER, "org/example/Stranger.class").problems())
        .containsExactly("org/example/Stranger.class is of no dependency of the module");
  }

  @Test
  void lost_service_is_caught() throws IOException {
    assertThat(shaded(LAYER, DRIVER).problems())
        .containsExactly(
            DRIVER_SERVICE + " is lost: the shade plugin needs its ServicesResourceTransformer");
  }

  @Test
  void dependency_that_the_list_does_not_name_is_caught() throws IOException {
    List<String> bundled = shaded(LAYER, HIKARI).dependencies();

    assertThat(SparkJar.difference(List.of("io.afp:afp-layer"), bundled))
        .containsExactly("+ com.zaxxer:HikariCP:7.1.0");
  }

  @Test
  void dependency_of_another_version_is_caught() throws IOException {
    List<String> bundled = shaded(LAYER, HIKARI).dependencies();

    assertThat(
            SparkJar.difference(List.of("com.zaxxer:HikariCP:6.0.0", "io.afp:afp-layer"), bundled))
        .containsExactly("- com.zaxxer:HikariCP:6.0.0", "+ com.zaxxer:HikariCP:7.1.0");
  }

  @Test
  void dependency_that_is_no_longer_bundled_is_caught() throws IOException {
    List<String> bundled = shaded(LAYER).dependencies();

    assertThat(
            SparkJar.difference(List.of("com.zaxxer:HikariCP:7.1.0", "io.afp:afp-layer"), bundled))
        .containsExactly("- com.zaxxer:HikariCP:7.1.0");
  }

  private SparkJar shaded(String... entries) throws IOException {
    return SparkJar.read(jar("shaded.jar", entries), classPath);
  }

  private Dependency dependency(String name, String... entries) throws IOException {
    return new Dependency(name, jar(name.replace(':', '-') + ".jar", entries));
  }

  private Path jar(String name, String... entries) throws IOException {
    Path jar = folder.resolve(name);
    Files.createDirectories(jar.getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.closeEntry();
      }
    }
    return jar;
  }
}
