package io.afp.transform;

import io.afp.core.definition.Interval;
import io.afp.core.definition.ModelDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.LakeErrors;
import io.afp.core.lake.ReadTables;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Model;
import io.afp.core.spi.ModelContext;
import io.afp.core.spi.Stage.InputRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Rows that a class makes. */
record ClassFilling(TableDef table, ModelDef.JavaClass definition) implements Filling {

  @Override
  public Inputs inputs(InputRequest request) {
    ModelClass model = ModelClass.load(definition);
    UnknownTables unknown = new UnknownTables(definition, request.known());
    Set<TableName> reads = model.reads(model.create());
    reads.forEach(t -> unknown.find(List.of(t.namespace(), t.name()), definition.location()));
    unknown.throwIfAny();
    return Inputs.ofClass(model.input(), reads);
  }

  @Override
  public Dataset<Row> rows(SparkSession session, Optional<Interval> range) {
    ModelClass loaded = ModelClass.load(definition);
    Model model = loaded.create();
    Tables tables = new Tables(session, definition, loaded.reads(model));
    Dataset<Row> rows = rows(model, new RangeContext(table, tables, range));
    if (rows == null) {
      throw loaded.unusable("it gave null instead of rows", "Let rows give a Dataset.");
    }
    tables.requireNamed(ReadTables.of(rows));
    return rows;
  }

  @Override
  public Optional<String> obstacle(Dataset<Row> rows, Interval range) {
    return QueryFilling.obstacle(table, rows, range);
  }

  private Dataset<Row> rows(Model model, RangeContext context) {
    try {
      return model.rows(context);
    } catch (Exception e) {
      if (e instanceof AnalysisException analysis) {
        throw Filling.analysis(definition, definition.location(), analysis);
      }
      throw failure(e);
    } catch (LinkageError e) {
      throw ModelClass.unlinked(definition, e);
    }
  }

  /** What AFP knows nothing about is a fault of the class. */
  private AfpException failure(Exception e) {
    AfpException known = LakeErrors.translate("run " + definition.title(), e);
    return known.code() == ErrorCode.INTERNAL
        ? AfpException.at(
            definition.location(),
            ErrorCode.MODEL_CLASS,
            "Cannot run %s: it failed (%s)".formatted(definition.title(), e),
            "Correct the class; the log of the run has where it failed.",
            e)
        : known;
  }

  /** The tables that the class names, and no other. */
  record Tables(SparkSession session, ModelDef.JavaClass definition, Set<TableName> named) {

    Dataset<Row> read(String name) {
      if (named.stream().noneMatch(table -> table.toString().equals(name))) {
        throw refused(name);
      }
      return session.table(name);
    }

    /** What lies below a view that is named need not be named. */
    void requireNamed(Set<TableName> found) {
      Set<TableName> others = new HashSet<>(found);
      others.removeAll(named);
      if (!others.isEmpty()) {
        named.forEach(table -> others.removeAll(ReadTables.of(session.table(table.toString()))));
      }
      others.stream()
          .sorted()
          .findFirst()
          .ifPresent(
              table -> {
                throw refused(table.toString());
              });
    }

    private AfpException refused(String table) {
      return AfpException.at(
          definition.location(),
          ErrorCode.MODEL_READS,
          "Cannot run %s: it reads table %s and does not name it (named=%s)"
              .formatted(definition.title(), table, named.stream().sorted().toList()),
          "Add \"%s\" to what reads() gives, and read it by context.table(…).".formatted(table));
    }
  }

  /** What the class sees for one range. */
  private record RangeContext(TableDef filled, Tables tables, Optional<Interval> interval)
      implements ModelContext {

    @Override
    public SparkSession session() {
      return tables.session();
    }

    @Override
    public Dataset<Row> table(String name) {
      return tables.read(name);
    }

    @Override
    public Interval.Bounds bounds() {
      return QueryFilling.bounds(
          filled,
          interval.orElseThrow(
              () ->
                  AfpException.at(
                      tables.definition().location(),
                      ErrorCode.CONTRADICTION,
                      "Cannot give the bounds of an interval to %s: table %s has none"
                          .formatted(tables.definition().title(), filled.name()),
                      "Declare write.interval_column, or do not ask for bounds.")));
    }
  }
}
