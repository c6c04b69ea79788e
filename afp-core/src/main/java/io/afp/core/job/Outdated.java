package io.afp.core.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.catalog.Pointer;
import io.afp.core.definition.CheckedPipeline;
import io.afp.core.definition.KeepDef;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.TimeToLive;
import io.afp.core.error.Problem;
import io.afp.core.lake.TableWriter;
import io.afp.core.ledger.DoneUnits;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rows beside a table that are older than they are kept, counted from when they were judged last. A
 * row that does not say when that was stays.
 *
 * @param beside the table that has them
 * @param moment its column that says when a row was judged
 * @param limit those that were judged before it go
 * @param rows how many there are
 */
record Outdated(TableName beside, String moment, Instant limit, long rows) {

  /** A table beside another one whose rows are not kept for ever. */
  private record Kept(TableName beside, String moment, Instant limit) {

    static Stream<Kept> of(TableDef table, KeepDef otherwise, Instant now) {
      KeepDef keep = table.keep().over(otherwise);
      return Stream.concat(
          of(table, KeptOut.REJECTS, keep.rejects(), now),
          of(table, KeptOut.QUARANTINE, keep.quarantine(), now));
    }

    private static Stream<Kept> of(
        TableDef table, KeptOut rows, Optional<TimeToLive> keep, Instant now) {
      return keep.flatMap(k -> k.limit(now)).stream()
          .map(limit -> new Kept(rows.of(table.name()), rows.moment(), limit));
    }

    Outdated in(SparkSession session) {
      Dataset<Row> all = session.table(beside.toString());
      boolean known = Arrays.asList(all.columns()).contains(moment);
      long rows = known ? all.filter(older(moment, limit)).count() : 0;
      return new Outdated(beside, moment, limit, rows);
    }
  }

  /**
   * Those of main, of the tables that the project declares and its pipelines own. Beside tables of
   * a pipeline that can't be read all are kept, and a warning says so.
   */
  static List<Outdated> find(
      LakeTask.Tools tools, List<Pointer> main, Instant now, List<Problem> warnings) {
    Set<TableName> there = main.stream().map(Pointer::table).collect(Collectors.toSet());
    List<Kept> kept =
        declared(tools, now, warnings).filter(each -> there.contains(each.beside())).toList();
    if (kept.isEmpty()) {
      return List.of();
    }
    SparkSession session = tools.sessions("clean").onMain(tools.spark().session());
    return kept.stream().map(each -> each.in(session)).filter(found -> found.rows() > 0).toList();
  }

  private static Stream<Kept> declared(LakeTask.Tools tools, Instant now, List<Problem> warnings) {
    KeepDef otherwise = tools.settings().keep();
    Map<TableName, String> owners = new DoneUnits(tools.database()).owners();
    return tools.project().check().pipelines().stream()
        .flatMap(pipeline -> readable(pipeline, warnings).stream())
        .flatMap(
            pipeline ->
                pipeline.tables().stream()
                    .flatMap(table -> Kept.of(table, otherwise, now))
                    .filter(each -> pipeline.name().equals(owners.get(each.beside()))));
  }

  private static Optional<PipelineDef> readable(CheckedPipeline pipeline, List<Problem> warnings) {
    if (pipeline.definition().isEmpty()) {
      pipeline.problems().stream()
          .filter(p -> p.severity() == Problem.Severity.ERROR)
          .map(p -> Problem.warning(p.code(), p.message(), p.location(), p.fix()))
          .forEach(warnings::add);
    }
    return pipeline.definition();
  }

  private static Column older(String moment, Instant limit) {
    return col(moment).lt(lit(limit));
  }

  /** Takes them out of the table of the session's branch, in one commit. */
  void takeOut(SparkSession session) {
    new TableWriter(session, Map.of("afp.kept-since", limit.toString()), List.of())
        .deleteBeside(beside, older(moment, limit));
  }
}
