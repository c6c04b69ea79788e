package io.afp.guards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A jar does not tell when it was built, so that the same sources give the same jar. */
class JarTimesIT {
  static final List<String> SHADED = SparkJarIT.SHADED;

  @ParameterizedTest
  @FieldSource("SHADED")
  @ValueSource(strings = {"afp-core", "afp-cli", "afp-examples"})
  void thin_jar_has_only_the_time_that_the_build_names(String module) throws IOException {
    Path jar = jar(module, "");

    assertThat(JarTimes.otherThan(Set.of(Reactor.outputTime()), jar)).as(module).isEmpty();
  }

  @Test
  void jar_of_the_tests_has_only_the_time_that_the_build_names() throws IOException {
    Path jar = jar("afp-core", "-tests");

    assertThat(JarTimes.otherThan(Set.of(Reactor.outputTime()), jar)).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("SHADED")
  void job_jar_has_besides_only_times_of_what_it_bundles(String module) throws IOException {
    Set<LocalDateTime> times = new HashSet<>(Set.of(Reactor.outputTime()));
    for (Dependency dependency : SparkJarIT.classPathOf(module)) {
      times.addAll(JarTimes.of(dependency.jar()));
    }

    assertThat(JarTimes.otherThan(times, jar(module, "-spark"))).as(module).isEmpty();
  }

  private static Path jar(String module, String classifier) {
    return Reactor.module(module)
        .resolve("target")
        .resolve(module + "-" + Reactor.version() + classifier + ".jar");
  }
}
