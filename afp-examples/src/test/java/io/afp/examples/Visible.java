package io.afp.examples;

import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that people see of a project: the pointers of main, its flights, and what is served.
 */
record Visible(List<String> pointers, List<String> flights, List<String> served) {

  static Visible of(ProjectCopy project) {
    return new Visible(
        new Ledger(project).pointers(),
        new Lake(project).rows("SELECT * FROM core.flight"),
        Stream.of("carrier_day", "route_month", "weather_delay")
            .flatMap(mart -> project.rows("SELECT * FROM mart." + mart).stream())
            .toList());
  }
}
