package io.afp.guards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The house keeps its rules, and each rule catches its seeded breach. */
class ArchitectureTest {
  private static final String HOUSE = "io.afp";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(HOUSE);

  @ParameterizedTest
  @EnumSource
  void house_keeps_the_rule(HouseRule rule) {
    // A module or package that has no class yet can't break a rule; the next test shows that none
    // with classes is missed.
    rule.under(HOUSE).allowEmptyShould(true).check(CLASSES);
  }

  @Test
  void rules_see_every_package_that_has_a_source() throws IOException {
    List<String> packages = packages("main");

    assertThat(packages).contains("io.afp.core.definition", "io.afp.core.error");
    assertThat(packages).allMatch(CLASSES::containPackage);
  }

  @Test
  void tests_are_not_skipped() throws IOException {
    JavaClasses tests = tests();
    List<String> packages = packages("test");

    assertThat(packages).contains("io.afp.core.lake", "io.afp.dist");
    assertThat(packages).as("all modules are built").allMatch(tests::containPackage);
    HouseRule.NO_TEST_IS_SKIPPED.under(HOUSE).check(tests);
  }

  /** The tests of all modules that are built before this one. */
  private static JavaClasses tests() throws IOException {
    try (Stream<Path> modules = Files.list(Reactor.root())) {
      return new ClassFileImporter()
          .importPaths(
              modules
                  .filter(module -> !module.endsWith("bench"))
                  .map(module -> module.resolve("target/test-classes/io"))
                  .filter(Files::isDirectory)
                  .toList());
    }
  }

  /** The packages of the sources, but for those that are not of AFP as it runs. */
  private static List<String> packages(String kind) throws IOException {
    String sources = ".src.%s.java.".formatted(kind);
    try (Stream<Path> files = Files.walk(Reactor.root(), 12)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(Path::getParent)
          .distinct()
          .map(folder -> Reactor.root().relativize(folder).toString().replace('/', '.'))
          .filter(folder -> folder.contains(sources + "io."))
          .filter(folder -> !folder.startsWith("bench.")) // what is measured against AFP
          .filter(
              folder ->
                  !folder.startsWith("afp-dist.src.main.")) // works in the build, is not shipped
          .map(folder -> folder.substring(folder.indexOf(sources) + sources.length()))
          .toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void rule_catches_every_class_of_its_breach(HouseRule rule) {
    JavaClasses breach = new ClassFileImporter().importPackages(rule.breach());

    assertThat(breach).isNotEmpty();
    assertThatThrownBy(() -> rule.under(rule.breach()).check(breach))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("was violated")
        .hasMessageContainingAll(
            breach.stream().map(JavaClass::getName).toArray(CharSequence[]::new));
  }
}
