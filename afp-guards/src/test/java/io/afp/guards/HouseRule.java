package io.afp.guards;

import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.Driver;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The rules of the house.
 *
 * <p>A rule is told under which package the house stands, so that the same rule judges {@code
 * io.afp} and its seeded breach.
 */
enum HouseRule {
  CORE_KNOWS_NO_LAYER {
    @Override
    ArchRule under(String house) {
      return noClasses()
          .that()
          .resideInAPackage(house + ".core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(in(house, LAYERS, SERVICES, DRIVERS))
          .because(
              "every job shares the core: declare what it needs as an interface in core.spi and"
                  + " implement that in the layer");
    }
  },

  LAYERS_DO_NOT_KNOW_EACH_OTHER {
    @Override
    ArchRule under(String house) {
      return slices()
          .matching(house + ".(ingestion|transform|quality|serving|observe|server|agentic)..")
          .should()
          .notDependOnEachOther()
          .because(
              "each layer is a job of its own: let them meet in an interface of core.spi that"
                  + " ServiceLoader finds");
    }
  },

  LAYERS_DO_NOT_KNOW_DRIVERS {
    @Override
    ArchRule under(String house) {
      return noClasses()
          .that()
          .resideInAnyPackage(in(house, LAYERS, SERVICES))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(in(house, DRIVERS))
          .because(
              "pipeline, cli and examples put the layers together: move what both need into the"
                  + " core");
    }
  },

  PIPELINE_DOES_NOT_KNOW_ITS_CALLERS {
    @Override
    ArchRule under(String house) {
      return noClasses()
          .that()
          .resideInAPackage(house + ".pipeline..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(house + ".cli..", house + ".examples..")
          .because(
              "the command starts the driver as a process of its own: pass what the driver needs as"
                  + " arguments");
    }
  },

  COMMAND_KNOWS_NO_JOB {
    @Override
    ArchRule under(String house) {
      return noClasses()
          .that()
          .resideInAPackage(house + ".cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              Stream.of(in(house, LAYERS), in(house, "pipeline", "examples"))
                  .flatMap(Arrays::stream)
                  .toArray(String[]::new))
          .because(
              "the command has no job on its class path: start it by its class name in a process of"
                  + " its own");
    }
  },

  COMMAND_SEES_NO_SPARK {
    @Override
    ArchRule under(String house) {
      return noClasses()
          .that()
          .resideInAnyPackage(house + ".cli..", house + ".server..", house + ".agentic..")
          .should()
          .dependOnClassesThat(sparkOrWhatNeedsIt(house))
          .because(
              "these have no Spark on their class path: use definition, settings, ledger and"
                  + " catalog of the core, or start a driver");
    }
  },

  PARTS_OF_THE_CORE_SEE_NO_SPARK {
    @Override
    ArchRule under(String house) {
      return noClasses()
          .that()
          .resideInAnyPackage(
              house + ".core.definition..",
              house + ".core.settings..",
              house + ".core.error..",
              house + ".core.logging..",
              house + ".core.yaml..",
              house + ".core.jdbc..",
              house + ".core.ledger..",
              house + ".core.measure..",
              house + ".core.catalog..")
          .should()
          .dependOnClassesThat(sparkOrWhatNeedsIt(house))
          .because(
              "the command uses these where there is no Spark: move what needs Spark to core.lake,"
                  + " core.spi or core.job");
    }
  },

  DEFINITION_KNOWS_NO_DATABASE {
    @Override
    ArchRule under(String house) {
      return noClasses()
          .that()
          .resideInAPackage(house + ".core.definition..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..", "javax.sql..", "org.postgresql..", "org.jdbi..", "com.zaxxer..")
          .because(
              "a definition is plain data that is read and checked anywhere: move what talks to a"
                  + " database to core.ledger or core.catalog");
    }
  },

  CORE_HAS_NO_CYCLES {
    @Override
    ArchRule under(String house) {
      return slices()
          .matching(house + ".core.(*)..")
          .should()
          .beFreeOfCycles()
          .because(
              "a package must be understood without those that use it: move the class that closes"
                  + " the circle to the lower package");
    }
  },

  PROCESS_HAS_NO_CYCLES {
    @Override
    ArchRule under(String house) {
      return slices()
          .matching(house + ".agentic.(*)..")
          .should()
          .beFreeOfCycles()
          .because(
              "artefacts are read from documents up to tasks and evidence: move the class that"
                  + " closes the circle to the lower package");
    }
  },

  LOGGING_IS_SLF4J {
    @Override
    ArchRule under(String house) {
      return noClasses()
          .that()
          .resideInAPackage(house + "..")
          .and()
          .areNotAssignableTo("ch.qos.logback.classic.spi.Configurator")
          .and()
          .areNotAssignableTo(Driver.class) // JDBC has a logger among its methods
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.util.logging..",
              "org.apache.logging..",
              "org.apache.log4j..",
              "org.apache.commons.logging..",
              "ch.qos.logback..")
          .because(
              "whoever runs the code chooses the backend: use org.slf4j, and configure the backend"
                  + " by its file or its service");
    }
  },

  ONLY_THE_COMMAND_PRINTS {
    @Override
    ArchRule under(String house) {
      return noClasses()
          .that()
          .resideInAPackage(house + "..")
          .and()
          .resideOutsideOfPackage(house + ".cli..")
          .should(ACCESS_STANDARD_STREAMS)
          .because(
              "standard output belongs to the command: log through org.slf4j, or return what the"
                  + " caller shall print");
    }
  },

  NO_TEST_IS_SKIPPED {
    @Override
    ArchRule under(String house) {
      return noClasses()
          .that()
          .resideInAPackage(house + "..")
          .should()
          .dependOnClassesThat(nameMatching(SKIPPING))
          .because(
              "what is skipped is not tested, and nobody sees it: let the test fail, and say what"
                  + " it needs");
    }
  };

  private static final String SKIPPING =
      "org\\.junit\\.jupiter\\.api\\.(Disabled|Assumptions|condition\\..*)"
          + "|org\\.junit\\.jupiter\\.api\\.extension\\.ExecutionCondition"
          + "|org\\.assertj\\.core\\.api\\.Assumptions"
          + "|org\\.opentest4j\\.TestAbortedException"
          + "|net\\.jqwik\\.api\\.(Disabled|Assume)";

  private static final String[] LAYERS = {
    "ingestion", "transform", "quality", "serving", "observe"
  };
  private static final String[] SERVICES = {"server", "agentic"};
  private static final String[] DRIVERS = {"pipeline", "cli", "examples"};

  /** The rule for the house that stands under a package. */
  abstract ArchRule under(String house);

  /** The package under which stands a house that breaks this rule. */
  String breach() {
    return "breach." + name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  private static String[] in(String house, String[]... modules) {
    return Stream.of(modules)
        .flatMap(Arrays::stream)
        .map(module -> house + "." + module + "..")
        .toArray(String[]::new);
  }

  private static String[] in(String house, String... modules) {
    return in(house, new String[][] {modules});
  }

  private static DescribedPredicate<JavaClass> sparkOrWhatNeedsIt(String house) {
    return JavaClass.Predicates.resideInAnyPackage(
        "org.apache.spark..",
        "org.apache.iceberg..",
        "org.apache.hadoop..",
        "scala..",
        house + ".core.lake..",
        house + ".core.spi..",
        house + ".core.job..");
  }
}
