package io.afp.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.PipelineDef;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BackfillArgumentsTest {

  private static final Instant NOW = Instant.parse("2013-05-01T03:00:00Z");
  private static final Instant FIRST = Instant.parse("2012-11-01T05:00:00Z");
  private static final PipelineDef MONTHLY =
      PipelineDef.named("p").interval(IntervalUnit.MONTH, ZoneId.of("America/New_York")).build();

  private static BackfillArguments parse(String... args) {
    BackfillArguments arguments = new BackfillArguments();
    new CommandLine(arguments).parseArgs(args);
    return arguments;
  }

  private static String range(String... args) {
    return parse(args).range(MONTHLY, () -> Optional.of(FIRST), NOW).label();
  }

  @Test
  void goesFromTheEarliestThatIsDoneToTheLastMonthThatIsOverInItsZone() {
    assertThat(range()).as("it is still April there").isEqualTo("2012-11..2013-03");
  }

  @Test
  void takesWholeUnitsOnBothEnds() {
    assertThat(range("--from", "2013", "--to", "2013-02")).isEqualTo("2013-01..2013-02");
    assertThat(range("--to", "2012")).isEqualTo("2012-11..2012-12");
  }

  @Test
  void saysWhatIsWrongWithATime() {
    assertThatThrownBy(() -> range("--from", "2013-03", "--to", "2013-01"))
        .hasMessageContaining("it ends before it starts (from=2013-03, to=2013-01)");
    assertThatThrownBy(() -> range("--from", "2013-03-01")).hasMessageContaining("finer");
    assertThatThrownBy(() -> parse().range(MONTHLY, Optional::empty, NOW))
        .hasMessageContaining("no beginning");
    assertThatThrownBy(() -> parse().range(PipelineDef.named("p").build(), Optional::empty, NOW))
        .hasMessageContaining("it declares no interval");
    assertThatThrownBy(() -> parse("--chunk", "0").size(IntervalUnit.DAY))
        .hasMessageContaining("chunk=0");
  }

  @Test
  void askForTheSameHoweverManyIntervalsHaveCome() {
    assertThat(parse("--from", "2013", "--restate").request(MONTHLY).request())
        .isEqualTo("2013..now");
    assertThat(parse("--select", "core.*").request(MONTHLY).request())
        .isEqualTo("start..now of core.*");
  }
}
