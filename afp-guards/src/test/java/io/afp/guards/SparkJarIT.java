package io.afp.guards;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.SparkDistribution;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The job jars hold what their checked-in lists say, and nothing that Spark has. */
class SparkJarIT {
  static final List<String> SHADED =
      List.of("afp-ingestion", "afp-pipeline", "afp-quality", "afp-serving", "afp-transform");
  private static final String LIST = "spark-jar-dependencies.txt";

  @ParameterizedTest
  @FieldSource("SHADED")
  void jar_bundles_what_its_list_says(String module) throws IOException {
    List<String> bundled = jarOf(module).dependencies();
    Path checkedIn = Reactor.module(module).resolve(LIST);
    Path actual = Reactor.module(module).resolve("target").resolve(LIST);
    Files.write(actual, bundled);

    List<String> lines = Files.exists(checkedIn) ? Files.readAllLines(checkedIn) : List.of();
    List<String> difference = SparkJar.difference(lines, bundled);
    assertThat(bundled)
        .as(
            """
            %1$s bundles other dependencies than %1$s/%2$s says:
            %3$s
            If that is meant: cp %1$s/target/%2$s %1$s/%2$s""",
            module, LIST, String.join("\n", difference))
        .isEqualTo(lines);
  }

  @ParameterizedTest
  @FieldSource("SHADED")
  void jar_has_nothing_that_it_should_not(String module) throws IOException {
    assertThat(jarOf(module).problems()).as(module).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("SHADED")
  void jar_has_no_class_of_an_unmodified_Spark(String module) throws IOException {
    Path spark = SparkDistribution.home().resolve("jars");

    assertThat(jarOf(module).classesAmong(SparkClasses.in(spark)))
        .as("classes of both " + module + " and " + spark)
        .isEmpty();
  }

  /**
   * The validator has schemas of schemas among its resources, and works with the Jackson of Spark.
   */
  @Test
  void schema_of_a_rule_is_read_from_a_job_jar_beside_an_unmodified_Spark() throws Exception {
    List<URL> classPath = new ArrayList<>(List.of(jobJar("afp-quality").toUri().toURL()));
    try (Stream<Path> spark = Files.list(SparkDistribution.home().resolve("jars"))) {
      for (Path jar : spark.toList()) {
        classPath.add(jar.toUri().toURL());
      }
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      Class<?> type = loader.loadClass("io.afp.core.definition.TextSchema");
      String written = "{ \"properties\": { \"at\": { \"format\": \"date-time\" } } }";
      Object schema = type.getMethod("of", String.class).invoke(null, written);
      Method fits = type.getMethod("fits", String.class);

      assertThat(fits.invoke(schema, "{ \"at\": \"2024-02-29T00:00:00Z\" }")).isEqualTo(true);
      assertThat(fits.invoke(schema, "{ \"at\": \"2024-02-30T00:00:00Z\" }")).isEqualTo(false);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void every_module_that_shades_is_looked_at() throws IOException {
    try (Stream<Path> folders = Files.list(Reactor.root())) {
      List<String> shading = new ArrayList<>();
      for (Path pom : folders.map(folder -> folder.resolve("pom.xml")).sorted().toList()) {
        if (Files.exists(pom) && Files.readString(pom).contains("maven-shade-plugin")) {
          shading.add(pom.getParent().getFileName().toString());
        }
      }
      assertThat(shading).isEqualTo(SHADED);
    }
  }

  @Test
  void command_has_no_Spark_on_its_class_path() throws IOException {
    assertThat(classPathOf("afp-cli"))
        .extracting(Dependency::name)
        .contains("io.afp:afp-core")
        .noneMatch(name -> name.matches("org\\.(apache\\.(spark|iceberg|hadoop)|scala-lang).*"));
  }

  private static Path jobJar(String module) throws IOException {
    return Reactor.module(module)
        .resolve("target")
        .resolve("%s-%s-spark.jar".formatted(module, Reactor.version()));
  }

  private static SparkJar jarOf(String module) throws IOException {
    Path target = Reactor.module(module).resolve("target");
    String name = module + "-" + Reactor.version();
    List<Dependency> classPath = new ArrayList<>(classPathOf(module));
    classPath.add(new Dependency("io.afp:" + module, target.resolve(name + ".jar")));
    return SparkJar.read(jobJar(module), classPath);
  }

  static List<Dependency> classPathOf(String module) throws IOException {
    return Dependency.read(
        Reactor.module(module).resolve("target").resolve("runtime-dependencies.txt"));
  }
}
