package io.afp.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The modules that others import, copied out of the build so that it is left alone, and the local
 * repository of Maven that they are installed to. All but AFP comes from the repository of this
 * build.
 */
record LibraryClone(Path root, Path repository) {

  static final List<String> MODULES =
      List.of(
          "afp-core",
          "afp-quality",
          "afp-ingestion",
          "afp-transform",
          "afp-serving",
          "afp-pipeline",
          "afp-testing",
          "afp-observe");
  private static final String SHARED_BY_TESTS = "afp-core/src/test/java/io/afp/core/testing";

  /** The better compiler does not pay in a JVM that lives for a minute. */
  private static final Map<String, String> SHORT_LIVED =
      Map.of("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

  /** The modules beside an empty repository. */
  static LibraryClone in(Path folder) throws IOException {
    LibraryClone clone =
        new LibraryClone(folder.resolve("clone"), Files.createDirectory(folder.resolve("m2")));
    clone.copyPoms();
    for (String file : List.of("mvnw", ".mvn/wrapper/maven-wrapper.properties")) {
      clone.copy(Reactor.root().resolve(file));
    }
    for (String module : MODULES) {
      clone.copyFolder(module + "/src/main");
    }
    clone.copyFolder(SHARED_BY_TESTS);
    return clone;
  }

  /** Maven reads the poms of all modules, whichever it builds. */
  private void copyPoms() throws IOException {
    try (Stream<Path> files = Files.walk(Reactor.root(), 3)) {
      for (Path pom : files.filter(file -> file.endsWith("pom.xml")).toList()) {
        if (!Reactor.root().relativize(pom).toString().contains("target/")) {
          copy(pom);
        }
      }
    }
  }

  private void copyFolder(String folder) {
    ProjectCopy.copy(Reactor.root().resolve(folder), root.resolve(folder));
  }

  private void copy(Path file) throws IOException {
    Path target = root.resolve(Reactor.root().relativize(file));
    Files.createDirectories(target.getParent());
    Files.copy(file, target);
  }

  /** Installs all of it, as a release has it. */
  Command.Ended install() {
    return maven(
        root,
        "install",
        "-Prelease",
        "-pl",
        "afp-bom,afp-testing,afp-observe",
        "-am",
        "-DskipTests",
        "-Dmaven.shade.skip",
        "-Dspotless.check.skip",
        "-Dlicense.skipAddThirdParty",
        "-Djacoco.skip");
  }

  /** Runs Maven in a folder; of AFP it knows what is installed. */
  Command.Ended maven(Path folder, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                root.resolve("mvnw").toString(),
                "-B",
                "-ntp",
                "-Dstyle.color=never",
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.repo.local.tail=" + System.getProperty("afp.maven.repository")));
    command.addAll(List.of(arguments));
    return Command.start(folder, SHORT_LIVED, command).ended();
  }

  /** Where a file of a module is installed, such as {@code -sources.jar}. */
  Path installed(String module, String end) {
    Path folder = repository.resolve("io/afp").resolve(module).resolve(version());
    return folder.resolve(module + "-" + version() + end);
  }

  static String version() {
    return System.getProperty("afp.version");
  }
}
