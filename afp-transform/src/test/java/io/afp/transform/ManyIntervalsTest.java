package io.afp.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run of many intervals ends in what a run for each of them ends in. */
@Tag("long")
class ManyIntervalsTest {

  private static final String WITHIN = "at >= :interval_start and at < :interval_end";
  private static final List<String> DAYS = List.of("2024-03-01", "2024-03-02", "2024-03-03");

  /** A query whose rows depend on the ends of what it is asked for, and one whose rows don't. */
  private static final String COUNTED =
      "select kind, date_sub(:interval_end, 1) as at, count(*) as n from src.t where %s group by kind"
          .formatted(WITHIN);

  private static final String GROUPED =
      "select kind, at, count(*) as n from src.t where %s group by kind, at".formatted(WITHIN);

  /** Spark has computed the ends away before the query is resolved. */
  private static final String AGED =
      """
      select kind, at, bigint(max(datediff(b.e, at))) as n from src.t cross join (values (:interval_start, :interval_end)) b(s, e)
       where at >= b.s and at < b.e group by kind, at
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "replace; partition_by: [at]; kind, at, n",
        "upsert, as_of: at; key: [kind]; kind, at, n",
        "scd2, as_of: at; key: [kind]; kind, valid_from, valid_to, n",
        "snapshot; key: [kind]; kind, valid_from, valid_to, n"
      })
  void whateverTheQueryDoesWithItsEnds(
      String mode, String more, String columns, @TempDir Path root) {
    try (TestProject project = new TestProject(root, "interval: { unit: day, zone: UTC }")) {
      project
          .lake()
          .publish(
              "create namespace src",
              """
              create table src.t as select * from values
                ('a', date'2024-03-01'), ('a', date'2024-03-02'), ('a', date'2024-03-02'), ('a', date'2024-03-03'),
                ('b', date'2024-03-01'), ('b', date'2024-03-03'), ('c', date'2024-03-02') t(kind, at)
              """);
      for (String table : List.of("at_once", "one_by_one")) {
        model(project, table + ".counted", mode, more, COUNTED);
        model(project, table + ".grouped", mode, more, GROUPED);
        model(project, table + ".aged", mode, more, AGED);
      }

      run(project, "2024-03-01..2024-03-03", "at_once.*");
      DAYS.forEach(day -> run(project, day, "one_by_one.*"));

      for (String query : List.of("counted", "grouped", "aged")) {
        List<String> atOnce = rows(project, columns, "at_once." + query);
        assertThat(atOnce)
            .hasSizeGreaterThan(2)
            .isEqualTo(rows(project, columns, "one_by_one." + query));
      }
      assertThat(points(project, "at_once"))
          .hasSize(9)
          .allMatch(point -> point.endsWith("passed") || point.contains("2024-03-01"))
          .isEqualTo(points(project, "one_by_one"));
      assertThat(commits(project, "grouped")).as("one query for all days").isEqualTo("1");
      assertThat(commits(project, "counted")).as("one query for each day").isEqualTo("3");
    }
  }

  private static void model(
      TestProject project, String name, String mode, String more, String sql) {
    project.model(
        name,
        """
        columns: { kind: { type: string, required: true }, at: { type: date, required: true }, n: { type: long } }
        write: { interval_column: at, mode: %s }
        checks: [ { anomaly: { of: rows, method: change, at_most: 100%% } } ]
        %s
        """
            .formatted(mode, more),
        sql);
  }

  private static void run(TestProject project, String interval, String tables) {
    JsonNode report =
        project.run(
            List.of(Phase.TRANSFORM, Phase.QUALITY, Phase.PUBLISH),
            "--interval",
            interval,
            "--select",
            tables);
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
  }

  private static List<String> rows(TestProject project, String columns, String table) {
    return project.lake("select %s from %s".formatted(columns, table));
  }

  /** What a check that judges by history has measured of each day. */
  private static List<String> points(TestProject project, String namespace) {
    return project.ledger(
        """
        select table_name || ' ' || unit || ' ' || value || ' ' || status from afp.check_point
         where table_namespace = '%s' and check_name like '%%.anomaly' order by table_name, unit
        """
            .formatted(namespace));
  }

  /** How often the run of all days wrote the table. */
  private static String commits(TestProject project, String name) {
    return project
        .ledger(
            """
            select cardinality(snapshots)::text from afp.step
             where table_namespace = 'at_once' and table_name = '%s' and phase = 'transform'
            """
                .formatted(name))
        .get(0);
  }
}
