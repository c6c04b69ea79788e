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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A secret provider in a jar of the project gives values to a process that was not started with it.
 */
class ProvidersInJarsTest {

  private static final String SERVICE = "META-INF/services/" + SecretProvider.class.getName();

  private static final String UPPER =
      "java.util.Optional.of(key.toUpperCase(java.util.Locale.ROOT))";

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
        .hasMessageContaining("a jar names a provider that can't be made")
        .hasMessageContaining("acme.Missing");
  }

  @Test
  void areNotMadeWhereNobodyAsksForThem() throws IOException {
    jar("acme.Missing");
    assertThat(load("${env:X}").spark()).containsEntry("spark.x", "y");
  }

  @Test
  void doNotTakeThePlaceOfOurs() throws IOException {
    jar("acme.Upper", "env", UPPER);
    assertThat(load("${reversed:ab}${env:X}${file:x.txt}").spark())
        .containsEntry("spark.x", "bay1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "missing.Library.ask(key)", "fail(key)"})
  void haveNoValueWhereTheyFail(String value) throws IOException {
    jar("acme.Upper", "upper", value);
    assertThat(failure()).hasMessageContaining("Cannot resolve ${upper:abc}: it is not there");
  }

  private AfpException failure() {
    return catchThrowableOfType(AfpException.class, this::load);
  }

  private Settings load() throws IOException {
    return load("${upper:abc}");
  }

  private Settings load(String value) throws IOException {
    Files.writeString(root.resolve("x.txt"), "1");
    Files.writeString(
        root.resolve("afp.yaml"),
        "classpath: [\"lib/*.jar\"]\nspark: { x: \"%s\" }\n".formatted(value));
    return Settings.load(new Project(root), Optional.empty(), Map.of("X", "y"));
  }

  private void jar(String named) throws IOException {
    jar(named, "upper", UPPER);
  }

  /** A jar with a provider, beside which its library is missing. */
  private void jar(String named, String scheme, String value) throws IOException {
    Path library = Files.createDirectories(root.resolve("missing")).resolve("Library.java");
    Files.writeString(
        library,
        "package missing; public class Library { public static java.util.Optional<String> ask(String key) { return null; } }");
    Path source = Files.createDirectories(root.resolve("acme")).resolve("Upper.java");
    Files.writeString(
        source,
        """
        package acme;
        public final class Upper implements io.afp.core.settings.SecretProvider {
          public String scheme() { return "%s"; }
          public java.util.Optional<String> find(String key) { return %s; }
          static java.util.Optional<String> fail(String key) { throw new IllegalStateException(key); }
        }
        """
            .formatted(scheme, value));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String classPath = System.getProperty("java.class.path");
    assertThat(
            compiler.run(null, null, null, "-cp", classPath, library.toString(), source.toString()))
        .isZero();
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
