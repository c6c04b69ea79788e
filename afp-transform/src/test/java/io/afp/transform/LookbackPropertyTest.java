package io.afp.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/**
 * Whatever comes and whatever is run in whatever order: a table that looks back has of each of its
 * days all that has come, as long as nothing comes later than it looks back.
 */
@Tag("long")
class LookbackPropertyTest {

  private static final int DAYS = 5;
  private static final int LOOKBACK = 2;

  /** On a day something comes of it and of those before it; then it is run, perhaps with some. */
  record Move(int came, int before, String option) {

    int[] days() {
      return IntStream.rangeClosed(Math.max(1, came - LOOKBACK), came).toArray();
    }

    int first() {
      return Math.max(1, came - before);
    }
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void afterAnyRunsEachDayThatIsThereHasAllThatHasCome(@ForAll("moves") List<Move> moves)
      throws IOException {
    Path root = Files.createTempDirectory("afp-lookback-");
    try (LateArrivals late = new LateArrivals(root, LOOKBACK)) {
      late.run("published", 1, 3);
      boolean whole = true;
      for (Move move : moves) {
        late.arrives(move.came(), move.days());
        String[] option = move.option().isEmpty() ? new String[0] : move.option().split(" ");
        late.run("published|nothing_to_do", move.first(), move.came(), option);
        whole &= !move.option().startsWith("--select");
        if (whole) {
          requireComplete(late);
        }
      }
      late.run("published|nothing_to_do", 1, DAYS);
      requireComplete(late);
      late.run("nothing_to_do", 1, DAYS);
    }
  }

  private static void requireComplete(LateArrivals late) {
    String done =
        " where cast(day as string) in ('none', %s)"
            .formatted(
                String.join(
                    ", ",
                    late.project()
                        .ledger(
                            "select '''' || unit || '''' from afp.done where table_name = 'event'")));
    assertThat(late.project().lake("select day, n from core.event"))
        .isEqualTo(late.project().lake("select day, n from raw.arrival" + done));
    assertThat(late.project().lake("select day, events from mart.day"))
        .isEqualTo(
            late.project().lake("select day, count(*) from raw.arrival" + done + " group by day"));
  }

  @Provide
  Arbitrary<List<Move>> moves() {
    return Combinators.combine(
            Arbitraries.integers().between(1, DAYS),
            Arbitraries.integers().between(0, 1),
            Arbitraries.of("", "", "", "--restate", "--full-refresh", "--select raw.arrival"))
        .as(Move::new)
        .list()
        .ofSize(4);
  }
}
