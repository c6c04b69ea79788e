package io.afp.core.definition;

import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.JdbcSourceDef.Deletes;
import io.afp.core.definition.WriteDef.WriteMode;
import io.afp.core.error.ErrorCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is read from a database fits the way in which it is written. */
final class JdbcRules {

  private static final String JDBC = "from.jdbc.";
  private static final String WATERMARK = JDBC + "watermark";
  private static final String OVERLAP = JDBC + "overlap";
  private static final String DELETES = JDBC + "deletes";
  private static final Set<WriteMode> GROWING =
      EnumSet.of(WriteMode.APPEND, WriteMode.UPSERT, WriteMode.SCD2);
  private static final Set<Kind> TIMES = EnumSet.of(Kind.DATE, Kind.TIMESTAMP, Kind.TIMESTAMP_NTZ);

  private final TableContext context;
  private final TableDef table;
  private final JdbcSourceDef source;

  private JdbcRules(TableContext context, JdbcSourceDef source) {
    this.context = context;
    this.table = context.table();
    this.source = source;
  }

  static void check(TableContext context, JdbcSourceDef source) {
    JdbcRules rules = new JdbcRules(context, source);
    rules.checkSplits();
    rules.checkInterval();
    rules.checkWatermark();
    rules.checkOverlap();
    if (source.deletes() == Deletes.COMPARE) {
      rules.checkCompare();
    }
  }

  private WriteMode mode() {
    return table.write().mode();
  }

  private void checkSplits() {
    if (source.split().count().isPresent() && source.split().rows().isPresent()) {
      report(JDBC + "split_rows", "splits says how many ranges there are", "Keep one of them.");
    }
  }

  /** The database must be able to find the rows of an interval. */
  private void checkInterval() {
    table
        .intervalColumn()
        .filter(column -> column.expr().isPresent())
        .ifPresent(
            column ->
                report(
                    "columns.%s.expr".formatted(column.name()),
                    "the database can't find an interval by a computed column",
                    "Compute %s in from.jdbc.query.".formatted(column.name())));
    table
        .intervalColumn()
        .filter(column -> column.entry().zone().isPresent())
        .ifPresent(
            column ->
                report(
                    "columns.%s.zone".formatted(column.name()),
                    "the database finds the rows of an interval by times in UTC",
                    "Bring %s to a type with a zone in from.jdbc.query.".formatted(column.name())));
  }

  private void checkWatermark() {
    if (source.watermark().isEmpty()) {
      if (mode() == WriteMode.APPEND && !table.hasInterval()) {
        report(
            "write.mode",
            "append adds all rows again with each run",
            "Add from.jdbc.watermark or write.interval_column, or use mode replace or upsert.");
      }
      return;
    }
    checkWatermarkIsTold(source.watermark().get());
    if (table.hasInterval()) {
      report(
          WATERMARK,
          "interval_column says already which rows are read",
          "Keep one of them; write.lookback reads earlier intervals again.");
    } else if (!GROWING.contains(mode())) {
      report(
          WATERMARK,
          "%s would keep the newer rows only".formatted(mode().word()),
          "Use mode append, upsert or scd2, or remove watermark.");
    }
  }

  /** The greatest value is in the ledger, in plans and in the log. */
  private void checkWatermarkIsTold(String watermark) {
    table.declared().stream()
        .filter(column -> column.pii() && column.field().equals(FieldName.plain(watermark)))
        .forEach(
            column ->
                report(
                    WATERMARK,
                    "%s is personal, and the ledger keeps the greatest value".formatted(watermark),
                    "Name another column, or remove watermark."));
  }

  private void checkOverlap() {
    if (source.overlap().isZero()) {
      return;
    }
    if (source.watermark().isEmpty()) {
      report(OVERLAP, "there is no watermark", "Add watermark, or remove overlap.");
    } else if (mode() == WriteMode.APPEND) {
      report(
          OVERLAP,
          "append adds the rows of the overlap twice",
          "Use mode upsert or scd2, which merge by key, or remove overlap.");
    }
  }

  private void checkCompare() {
    boolean merges = mode() == WriteMode.UPSERT || mode() == WriteMode.SCD2;
    if (!merges) {
      report(
          DELETES,
          "only upsert and scd2 delete by key (mode=%s)".formatted(mode().word()),
          "Use one of these modes, or remove deletes.");
    } else if (table.hasInterval()) {
      report(
          DELETES,
          "a comparison is of the whole table, and runs write intervals",
          "Remove write.interval_column or deletes.");
    } else {
      checkMarks();
    }
  }

  private void checkMarks() {
    if (table.write().deleteFlag().isEmpty()) {
      report(
          DELETES,
          "nothing says in a row that its key is deleted",
          "Add a column such as is_deleted: { type: boolean } and write.delete_flag; the source"
              + " need not have it.");
    }
    List<String> key = table.key();
    for (int i = 0; i < key.size(); i++) {
      String item = context.item("key", i);
      table
          .column(key.get(i))
          .filter(column -> column.expr().isPresent())
          .ifPresent(
              column ->
                  report(
                      item,
                      "%s is computed".formatted(column.name()),
                      "Use columns of the source."));
    }
    boolean timeless =
        mode() == WriteMode.SCD2
            && table
                .write()
                .asOf()
                .flatMap(table::column)
                .filter(column -> !TIMES.contains(column.type().kind()))
                .isPresent();
    if (timeless) {
      report(
          DELETES,
          "a key is deleted when that is noticed, and as_of is no time",
          "Use a column of type date, timestamp or timestamp_ntz in write.as_of.");
    }
  }

  private void report(String path, String why, String fix) {
    context.error(
        ErrorCode.CONTRADICTION,
        path,
        "Cannot read %s from a database: %s".formatted(table.name(), why),
        fix);
  }
}
