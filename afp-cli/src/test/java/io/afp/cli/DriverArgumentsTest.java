package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What is asked of a command reaches its driver. */
class DriverArgumentsTest {

  private static final UUID ID = UUID.fromString("11111111-aaaa-4aaa-8aaa-000000000001");

  private static final Map<String, Function<Object, List<String>>> ARGUMENTS =
      Map.of(
          "run", command -> ((RunCommand) command).arguments(ID),
          "backfill", command -> ((BackfillCommand) command).arguments(),
          "plan", command -> ((PlanCommand) command).arguments());

  @ParameterizedTest(name = "afp {0}")
  @ValueSource(strings = {"run", "backfill", "plan"})
  void everyOptionReachesTheDriverWithItsValue(String name) {
    for (OptionSpec option : own(name)) {
      List<String> given = new ArrayList<>(List.of(option.longestName()));
      if (option.arity().max() > 0) {
        given.add("7");
      }

      assertThat(arguments(name, given)).as(option.longestName()).containsSequence(given);
    }
  }

  /** A switch that is always on would be no less wrong than one that is never. */
  @ParameterizedTest(name = "afp {0}")
  @ValueSource(strings = {"run", "backfill", "plan"})
  void whatIsNotAskedDoesNotReachIt(String name) {
    assertThat(arguments(name, List.of()))
        .containsSequence("--pipeline", "shop")
        .isSubsetOf(
            "plan",
            "--pipeline",
            "shop",
            "--run-id",
            ID.toString(),
            "--threads",
            "4",
            "--skip-code",
            "0");
  }

  @Test
  void aRunIsKnownToItsDriverByTheIdThatItsLogHas() {
    assertThat(arguments("run", List.of())).containsSequence("--run-id", ID.toString());
  }

  private static List<OptionSpec> own(String name) {
    CommandSpec spec = Afp.commandLine().getSubcommands().get(name).getCommandSpec();
    return spec.options().stream().filter(option -> !CommandReference.isCommon(option)).toList();
  }

  private static List<String> arguments(String name, List<String> given) {
    String[] words =
        Stream.of(List.of(name), given, List.of("shop"))
            .flatMap(List::stream)
            .toArray(String[]::new);
    Object command = Afp.commandLine().parseArgs(words).subcommand().commandSpec().userObject();
    return ARGUMENTS.get(name).apply(command);
  }
}
