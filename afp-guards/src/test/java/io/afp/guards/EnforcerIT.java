package io.afp.guards;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule of the enforcer catches its seeded breach.
 *
 * <p>The breaches are modules of a reactor of their own, which is built once, offline, by the Maven
 * of this build.
 */
class EnforcerIT {
  private static final Path BREACHES = Reactor.module("afp-guards").resolve("src/it/breaches");
  private static final Pattern FAILURE =
      Pattern.compile("Failed to execute goal [^\n]* on project breach-(\\S+?):");
  private static final Pattern MESSAGE =
      Pattern.compile("<message>(.*?)</message>", Pattern.DOTALL);

  private static final Pattern RULES = Pattern.compile("<rules>(.*?)</rules>", Pattern.DOTALL);
  private static final Pattern RULE =
      Pattern.compile("<(\\w+)(?:\\s[^>]*)?(?:/>|>.*?</\\1>)", Pattern.DOTALL);

  private static int exitCode;
  private static String output;
  private static Map<String, String> failures;

  @BeforeAll
  static void buildTheBreaches() throws IOException, InterruptedException {
    Path log = Reactor.module("afp-guards").resolve("target/breaches.log");
    Process maven =
        new ProcessBuilder(
                Reactor.maven().toString(),
                "--batch-mode",
                "--offline",
                "--fail-at-end",
                "-Dstyle.color=never",
                "-Dspotless.check.skip",
                "-Dmaven.repo.local=" + Reactor.mavenRepository(),
                "validate")
            .directory(BREACHES.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    maven.getOutputStream().close();
    assertThat(maven.waitFor(5, TimeUnit.MINUTES)).as("Maven ends; see " + log).isTrue();
    exitCode = maven.exitValue();
    output = Files.readString(log);
    failures = failures(output);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          java-too-old           | AFP is built with Java
          maven-too-old          | AFP is built with Maven
          plugin-without-version | A plugin without a version makes builds differ
          second-slf4j-backend   | A second slf4j backend
          bundled-log4j          | A second slf4j backend
          scala-2.13             | Spark here is built for Scala
          other-spark            | A Spark other than
          other-scala            | A Scala other than
          second-iceberg         | Iceberg comes as one jar
          logback-beside-spark   | Logback beside Spark
          other-jackson          | works with Jackson 2.15.x only
          spark-in-the-command   | This module starts drivers as processes of their own
          iceberg-in-the-command | This module starts drivers as processes of their own
          """)
  void breach_is_caught_by_its_rule(String breach, String message) {
    assertThat(failures).as(output).containsKey(breach);
    assertThat(failures.get(breach)).contains("failed with message", message);
  }

  @Test
  void module_without_a_breach_passes() {
    assertThat(exitCode).isEqualTo(1);
    assertThat(output).contains("Building nothing ");
    assertThat(failures).doesNotContainKey("nothing");
  }

  @Test
  void every_breach_is_expected_to_fail() throws IOException {
    try (Stream<Path> folders = Files.list(BREACHES)) {
      List<String> breaches =
          folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()).toList();
      assertThat(failures.keySet()).hasSize(breaches.size() - 1).isSubsetOf(breaches);
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void rule_of_the_parent_has_a_breach(String message) {
    String pattern =
        Arrays.stream(message.split("\\$\\{[^}]*}")).map(Pattern::quote).collect(joining("\\S+"));
    assertThat(output).as("a breach in " + BREACHES).containsPattern(pattern);
  }

  static Stream<String> messages() throws IOException {
    return rulesOf(Reactor.root().resolve("pom.xml"))
        .flatMap(rule -> MESSAGE.matcher(rule).results())
        .map(found -> found.group(1));
  }

  @Test
  void every_rule_has_a_message_by_which_its_breach_is_known() throws IOException {
    assertThat(rulesOf(Reactor.root().resolve("pom.xml")).toList())
        .hasSizeGreaterThan(5)
        .allMatch(rule -> MESSAGE.matcher(rule).find());
  }

  @Test
  void every_rule_stands_in_the_parent() throws IOException {
    try (Stream<Path> folders = Files.list(Reactor.root())) {
      List<Path> poms =
          folders.map(folder -> folder.resolve("pom.xml")).filter(Files::exists).toList();
      assertThat(poms).hasSizeGreaterThan(5);
      for (Path pom : poms) {
        assertThat(rulesOf(pom)).as(pom.toString()).isEmpty();
      }
    }
  }

  /** The rules of the enforcer that a file declares, each as it is written. */
  private static Stream<String> rulesOf(Path pom) throws IOException {
    return RULES
        .matcher(Files.readString(pom))
        .results()
        .flatMap(rules -> RULE.matcher(rules.group(1)).results())
        .map(MatchResult::group);
  }

  /** What Maven says at the end about each module that failed. */
  private static Map<String, String> failures(String output) {
    Map<String, String> failures = new LinkedHashMap<>();
    Matcher found = FAILURE.matcher(output);
    while (found.find()) {
      int end = output.indexOf("-> [Help ", found.end());
      failures.put(found.group(1), output.substring(found.end(), end));
    }
    return failures;
  }
}
