package io.afp.ingestion.custom;

import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.CustomSourceDef;
import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.lake.RawRows;
import io.afp.core.settings.ConnectionSettings;
import io.afp.core.spi.Source;
import io.afp.core.spi.Source.Asked;
import io.afp.core.spi.UserClass;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a class of a user says, or why it can't. */
record CustomSource(
    TableDef table,
    CustomSourceDef definition,
    Path folder,
    Map<String, ConnectionSettings> connections) {

  private static final String PATH = "from.custom";

  static CustomSource of(
      PipelineDef pipeline, TableDef table, Map<String, ConnectionSettings> connections) {
    return new CustomSource(
        table, table.customSource().orElseThrow(), pipeline.folder(), connections);
  }

  /** How the ledger and people call it. */
  String title() {
    return definition.type();
  }

  /** The state of a unit; empty where the class can't tell. */
  Optional<String> version(Optional<Interval> unit) {
    return asked("version", source -> source.version(of(unit)));
  }

  /** The rows of a range. */
  RawRows read(SparkSession session, Optional<Interval> range) {
    Dataset<Row> rows =
        asked("rows", source -> source.rows(session, of(range)))
            .withColumn(RawRows.MALFORMED, lit(null).cast("string"))
            .withColumn(RawRows.FILE, lit(title()));
    RawRows raw = new RawRows(rows, Optional.empty());
    return range.map(interval -> within(raw, interval)).orElse(raw);
  }

  private RawRows within(RawRows raw, Interval range) {
    Interval.Bounds bounds = range.boundsFor(table.intervalColumn().orElseThrow().type().kind());
    return raw.within(lit(bounds.start()), lit(bounds.end()));
  }

  private Asked of(Optional<Interval> range) {
    return new Asked(table, folder, range, definition.arguments(), connections);
  }

  private interface Question<T> {
    T of(Source source) throws Exception;
  }

  private <T> T asked(String method, Question<T> question) {
    Source source = source();
    T answer;
    try {
      answer = question.of(source);
    } catch (AfpException e) {
      throw e;
    } catch (Exception | LinkageError e) { // foreign code, which may say secrets
      throw problem(
          ErrorCode.CUSTOM_SOURCE_FAILED,
          "%s of %s failed (%s)".formatted(method, title(), e.getClass().getName()),
          "Run again when what it reads is there, or correct the class; the log has where it failed.",
          e);
    }
    if (answer == null) {
      throw unusable("%s of class %s gives null".formatted(method, title()), null);
    }
    return answer;
  }

  private Source source() {
    try {
      return UserClass.create(definition.type(), Source.class);
    } catch (IllegalArgumentException e) {
      throw unusable(e.getMessage(), e);
    }
  }

  private AfpException unusable(String why, Throwable cause) {
    return problem(
        ErrorCode.SOURCE_CLASS,
        why,
        "Name its jar in classpath of afp.yaml, with spark-submit in --jars, or correct the class.",
        cause);
  }

  private AfpException problem(ErrorCode code, String why, String fix, Throwable cause) {
    return AfpException.at(
        new Location(table.file(), 0, PATH),
        code,
        "Cannot read source %s: %s".formatted(table.name(), why),
        fix,
        cause);
  }
}
