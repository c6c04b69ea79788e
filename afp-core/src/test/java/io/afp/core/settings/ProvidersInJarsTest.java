package io.afp.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.afp.core.definition.Project;
import io.afp.core.error.AfpException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A secret provider in a jar of the project gives values to a process that was not started with it.
 */
class ProvidersInJarsTest {

  private static final String SERVICE = "META-INF/services/" + SecretProvider.class.getName();

  @TempDir Path root;

  @Test
  void areFoundByTheClassPathOfTheProject() throws IOException {
    jar("acme.Upper");
    assertThat(load().spark()).containsEntry("spark.x", "ABC");
  }

  @Test
  void areMissedWhereTheJarIsNotBuilt() {
    assertThat(failure().problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.message())
                  .isEqualTo("Cannot resolve ${upper:abc}: there is no such kind of reference");
              assertThat(problem.fix())
                  .isEqualTo(
                      "Build the jars that classpath names, one of which may have it."
                          + " Known kinds: env, file, reversed.");
            });
  }

  @Test
  void areReportedWhereTheyCanNotBeMade() throws IOException {
    jar("acme.Missing");
    assertThat(failure())
        .hasMessageContaining("a jar of classpath names a provider that can't be made")
        .hasMessageContaining("acme.Missing");
  }

  private AfpException failure() {
    return catchThrowableOfType(AfpException.class, this::load);
  }

  private Settings load() throws IOException {
    Files.writeString(
        root.resolve("afp.yaml"), "classpath: [\"lib/*.jar\"]\nspark: { x: \"${upper:abc}\" }\n");
    return Settings.load(new Project(root), Optional.empty(), Map.of());
  }

  private void jar(String named) throws IOException {
    Path source = Files.createDirectories(root.resolve("acme")).resolve("Upper.java");
    Files.writeString(
        source,
        """
        package acme;
        public final class Upper implements io.afp.core.settings.SecretProvider {
          public String scheme() { return "upper"; }
          public java.util.Optional<String> find(String key) {
            return java.util.Optional.of(key.toUpperCase(java.util.Locale.ROOT));
          }
        }
        """);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String classPath = System.getProperty("java.class.path");
    assertThat(compiler.run(null, null, null, "-cp", classPath, source.toString())).isZero();
    Path jar = Files.createDirectories(root.resolve("lib")).resolve("providers.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      entry(out, "acme/Upper.class", Files.readAllBytes(root.resolve("acme/Upper.class")));
      entry(out, SERVICE, named.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void entry(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
    out.closeEntry();
  }
}
