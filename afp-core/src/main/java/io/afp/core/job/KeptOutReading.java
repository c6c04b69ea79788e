package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.PipelineReader;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import io.afp.core.lake.Contract.Conformed;
import io.afp.core.lake.LakeTables;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads rows that are kept beside the tables of a pipeline, in one state of the lake. */
abstract class KeptOutReading extends LakeTask {

  @Option(names = "--pipeline", required = true)
  Path folder;

  @Option(names = "--table")
  String table;

  @Mixin LakeState state = new LakeState();

  final KeptOut rows;

  KeptOutReading(KeptOut rows) {
    this.rows = rows;
  }

  @Override
  String name() {
    return rows.toString();
  }

  @Override
  ObjectNode perform(Tools tools, List<Problem> problems) {
    PipelineDef pipeline = PipelineReader.read(tools.project(), folder);
    List<TableDef> sources = sources(pipeline);
    return state.read(this, tools, session -> read(session, pipeline, sources));
  }

  abstract ObjectNode read(SparkSession session, PipelineDef pipeline, List<TableDef> sources);

  private List<TableDef> sources(PipelineDef pipeline) {
    List<TableDef> sources =
        pipeline.tables().stream()
            .filter(rows::mayBeOf)
            .filter(t -> table == null || t.name().toString().equals(table))
            .toList();
    if (sources.isEmpty() && table != null) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot show %s: the pipeline has no such %s (pipeline=%s, table=%s)"
              .formatted(
                  rows, rows == KeptOut.REJECTS ? "source" : "table", pipeline.name(), table),
          rows == KeptOut.REJECTS
              ? "Name one of its tables that have `from`."
              : "Name one of its tables.");
    }
    return sources;
  }

  /** The rows beside a table; empty when there were none yet. */
  Optional<Dataset<Row>> stored(SparkSession session, TableDef table) {
    String name = rows.of(table.name()).toString();
    return new LakeTables(session).find(rows.of(table.name())).map(found -> session.table(name));
  }

  /** The interval that a reject is of; null where there is none. */
  static String interval(Row reject, PipelineDef pipeline) {
    Object start = reject.getAs(Conformed.INTERVAL_START);
    return start == null
        ? null
        : pipeline.interval().map(c -> Interval.at(instant(start, c), c).label()).orElse(null);
  }

  private static Instant instant(Object start, IntervalDef calendar) {
    if (start instanceof LocalDate date) {
      return date.atStartOfDay(calendar.zone()).toInstant();
    }
    return start instanceof LocalDateTime local
        ? local.atZone(calendar.zone()).toInstant()
        : (Instant) start;
  }
}
