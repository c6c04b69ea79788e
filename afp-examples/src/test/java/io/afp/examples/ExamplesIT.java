package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A {@link Reader} goes through the examples that build on {@code flights}, and what is in the
 * tables then is what plain Python or Java finds in the files.
 */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {

  static final List<String> PAGES =
      List.of(
          "afp-examples/features/README.md",
          "afp-examples/java/README.md",
          "afp-examples/registry/README.md",
          "afp-examples/stations/README.md",
          "afp-examples/s3/README.md");

  private static final Path DATA = Reactor.root().resolve("afp-examples/flights/data");

  private Path examples;
  private ProjectCopy project;

  @BeforeAll
  void readThePages(@TempDir Path folder) throws IOException {
    Path clone = new Reader().read(folder, PAGES);
    examples = clone.resolve("afp-examples");
    project = ProjectCopy.at(clone);
  }

  @AfterAll
  void stopPostgres() {
    if (project != null) { // null when a page was not as it should be
      project.close();
    }
  }

  @Test
  void everyFlightHasWhatWasKnownTwoHoursBeforeAndNothingElse(@TempDir Path folder) {
    String features =
        """
        SELECT carrier, flight, tailnum, origin, unix_seconds(sched_dep_at), late,
               unix_seconds(plane_known_at), plane_late_min, format_string('%.6f', plane_week_late_min),
               unix_seconds(airport_known_at), airport_departures, format_string('%.6f', airport_delay_min),
               unix_seconds(weather_known_at), format_string('%.6f', visib), format_string('%.6f', wind_speed),
               format_string('%.6f', precip)
          FROM ml.departure
        """;
    Path script = Truth.file("../features/departures.py");
    List<String> command = List.of("python3", "" + script, "" + DATA, "2013-01");

    List<String> truth =
        Command.start(folder, Map.of(), command).ended().succeeded().out().lines().toList();

    assertThat(truth).hasSize(27_004);
    assertThat(new Lake(project).rows(features)).isEqualTo(truth.stream().sorted().toList());
  }

  @Test
  void theRegisterHasEveryVersionThatThereEverWas() {
    Map<String, String> expected = new TreeMap<>();
    for (String line : SourceFile.rows(DATA, "planes")) {
      String[] plane = line.split("\t");
      expected.put(plane[0], "%.0f from 01-01 00:00".formatted(Double.valueOf(plane[6])));
    }
    expected.put("N10156", "55 from 01-01 00:00 to 02-01 10:00, 50 from 02-01 10:00");
    expected.put("N102UW", "182 from 01-01 00:00 to 02-01 10:15");
    expected.put("N103US", "182 from 01-01 00:00 to 02-01 09:45, 180 from 02-01 09:45");
    expected.put("N1AFP", "182 from 02-01 10:30");
    String versions =
        """
        SELECT tailnum, concat_ws(', ', sort_array(collect_list(concat(
                 seats, date_format(valid_from, "' from 'MM-dd HH:mm"),
                 coalesce(date_format(valid_to, "' to 'MM-dd HH:mm"), ''))), false))
          FROM raw.aircraft WHERE is_current = (valid_to IS NULL) GROUP BY tailnum
        """;

    try (ProjectCopy registry = ProjectCopy.at(examples.resolve("registry"))) {
      assertThat(new Lake(registry).rows(versions))
          .isEqualTo(
              expected.entrySet().stream()
                  .map(aircraft -> "[%s,%s]".formatted(aircraft.getKey(), aircraft.getValue()))
                  .sorted()
                  .toList());
    }
  }
}
