package io.afp.core.definition;

import io.afp.core.definition.WriteDef.OnRerun;
import io.afp.core.definition.WriteDef.OnSchemaChange;
import io.afp.core.definition.WriteDef.WriteMode;
import io.afp.core.yaml.Entries;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Placed;
import io.afp.core.yaml.Placed.At;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a table file may hold. */
final class TableShape {

  private static final Field<WriteMode> MODE =
      Field.withDefault(
          "mode", Scalar.choice(WriteMode.class), "replace", "How rows get into the table");
  private static final Field<String> INTERVAL_COLUMN =
      Field.optional(
              "interval_column",
              Scalars.COLUMN,
              "The column that says to which interval a row belongs; its type is `date`,"
                  + " `timestamp` or `timestamp_ntz`")
          .otherwise("the whole table is one unit");
  private static final Field<OnRerun> ON_RERUN =
      Field.withDefault(
          "on_rerun",
          Scalar.choice(OnRerun.class),
          "refuse",
          "What `append` does with an interval that has rows already; with `append` only");
  private static final Field<String> AS_OF =
      Field.optional(
              "as_of",
              Scalars.COLUMN,
              "The column that says when a row was true; with `upsert` and `scd2`, which need it")
          .otherwise("none");
  private static final Field<String> DELETE_FLAG =
      Field.optional(
              "delete_flag",
              Scalars.COLUMN,
              "The boolean column that is true in a row that deletes its key; with `upsert` and"
                  + " `scd2`")
          .otherwise("nothing is deleted");
  private static final Field<OnSchemaChange> ON_SCHEMA_CHANGE =
      Field.withDefault(
          "on_schema_change",
          Scalar.choice(OnSchemaChange.class),
          "extend",
          "What happens when the table has other columns than are declared");
  private static final Field<Long> LOOKBACK =
      Field.optional(
              "lookback",
              Scalar.count(),
              0L,
              "How many intervals before one that is to be done are done again with it, because"
                  + " late rows may have come for them; with `interval_column` only")
          .otherwise("none");
  private static final Fields<WriteDef> WRITE_SHAPE =
      new Fields<>(
          "a mapping such as { mode: replace }",
          List.of(MODE, INTERVAL_COLUMN, ON_RERUN, AS_OF, DELETE_FLAG, ON_SCHEMA_CHANGE, LOOKBACK),
          r ->
              new WriteDef(
                  r.get(MODE),
                  r.find(INTERVAL_COLUMN),
                  r.get(ON_RERUN),
                  r.find(AS_OF),
                  r.find(DELETE_FLAG),
                  r.get(ON_SCHEMA_CHANGE),
                  (int) Math.min(r.get(LOOKBACK), Integer.MAX_VALUE)));

  private static final Field<BigDecimal> AT_MOST =
      Field.optional(
              "at_most", Scalars.SHARE, "The largest share of rejected rows that is accepted")
          .otherwise("with `max` any, else none");
  private static final Field<Long> MAX_REJECTS =
      Field.optional(
              "max",
              Scalar.count(),
              "The largest number of rejected rows of a run that is accepted")
          .otherwise("any");
  private static final Fields<RejectsDef> REJECTS_SHAPE =
      new Fields<>(
          "a mapping such as { at_most: 1%, max: 100 }",
          List.of(AT_MOST, MAX_REJECTS), r -> RejectsDef.of(r.find(AT_MOST), r.find(MAX_REJECTS)));

  private static final Field<TimeToLive> KEEP_REJECTS =
      Field.optional(
              "rejects",
              Scalars.TIME_TO_LIVE,
              "Those that broke the contract of the source, from when they were judged last")
          .otherwise("`keep.rejects` of `afp.yaml`, else `forever`");
  private static final Field<TimeToLive> KEEP_QUARANTINE =
      Field.optional(
              "quarantine",
              Scalars.TIME_TO_LIVE,
              "Those that checks kept out, from when they were judged last")
          .otherwise("`keep.quarantine` of `afp.yaml`, else `forever`");
  private static final Fields<KeepDef> KEEP_SHAPE =
      new Fields<>(
          "a mapping such as { rejects: P1Y, quarantine: P90D }",
          List.of(KEEP_REJECTS, KEEP_QUARANTINE),
          r -> new KeepDef(r.find(KEEP_REJECTS), r.find(KEEP_QUARANTINE)));

  private static final Field<String> DESCRIPTION =
      Field.optional(
          "description",
          Scalars.TEXT,
          "What a row of the table means; becomes the comment of the served view");
  private static final Field<SourceDef> FROM =
      Field.optional(
              "from",
              SourceShape.SHAPE,
              "The files, or the table of a database, that fill the table")
          .otherwise("a query or a class fills the table");
  private static final Field<At<String>> MODEL =
      Field.optional(
              "model",
              new Placed<>(Scalars.CLASS),
              "The class that fills the table, an `io.afp.core.spi.Model` on the class path of the"
                  + " driver")
          .otherwise("a query or files fill the table");
  private static final Field<Map<String, ColumnShape.Draft>> COLUMNS =
      Field.required(
              "columns",
              new Entries<>(
                  Scalars.IDENTIFIER, ColumnShape.SHAPE, "a mapping such as id: { type: long }"),
              "The contract: all columns, in order; at least one")
          .standIn(Map.of());
  private static final Field<List<String>> KEY =
      Field.optional(
              "key",
              new Items<>(Scalars.TEXT, "a list of columns"),
              List.of(),
              "The columns that identify a row. Implies the check `<table>.key`, and the"
                  + " primary key of the served table")
          .otherwise("none");
  private static final Field<Duplicates> DUPLICATES =
      Field.withDefault(
          "duplicates",
          Scalar.choice(Duplicates.class),
          "check",
          "What happens with rows of one load that have the same key. `check`: the check of the"
              + " key judges them. `reject`: one is loaded and the others are rejected, at the"
              + " price of a shuffle; sources only");
  private static final Field<List<PartitionField>> PARTITION_BY =
      Field.optional(
              "partition_by",
              new Items<>(
                  Scalar.parsed(
                          "a column, year(x), month(x), day(x), hour(x), bucket(n, x) or"
                              + " truncate(n, x)",
                          PartitionFields::parse)
                      .like(PartitionFields.WRITTEN),
                  "a list such as [month(day)]"),
              List.of(),
              "How the files of the table are divided")
          .otherwise("not partitioned");
  private static final Field<List<SortField>> SORT_BY =
      Field.optional(
              "sort_by",
              new Items<>(
                  Scalar.parsed("a column, alone or with asc or desc", SortField::parse)
                      .like(SortField.WRITTEN),
                  "a list such as [carrier, day desc]"),
              List.of(),
              "How the rows of a file are sorted; nulls come first with `asc`, last with `desc`")
          .otherwise("not sorted");
  private static final Field<LayoutDef> LAYOUT =
      Field.optional("layout", LayoutShape.SHAPE, LayoutDef.STANDARD, "How the files are cut")
          .otherwise("`{ target_file_size: 64MB, distribution: hash }`");
  private static final Field<MetadataDef> METADATA =
      Field.optional(
              "metadata",
              MetadataShape.SHAPE,
              MetadataDef.NONE,
              "The columns that say of a row where it comes from, behind the declared ones; sources"
                  + " only")
          .otherwise("none");
  private static final Field<WriteDef> WRITE =
      Field.optional("write", WRITE_SHAPE, WriteDef.replaceAll(), "How rows get into the table")
          .otherwise("`{ mode: replace }`");
  private static final Field<DriftDef> DRIFT =
      Field.optional(
              "drift",
              DriftShape.SHAPE,
              DriftDef.STANDARD,
              "What happens when a source has other columns than are declared; sources only")
          .otherwise("the defaults of its keys");
  private static final Field<RejectsDef> REJECTS =
      Field.optional(
              "rejects",
              REJECTS_SHAPE,
              RejectsDef.none(),
              "How many rows of a source may break the contract. Implies the check"
                  + " `<table>.rejects`; sources only")
          .otherwise("none may");
  private static final Field<KeepDef> KEEP =
      Field.optional(
              "keep",
              KEEP_SHAPE,
              KeepDef.NONE,
              "How long rows that did not get into the table are kept beside it; older ones are"
                  + " taken out by `afp clean`")
          .otherwise("as `afp.yaml` says");
  static final Field<List<CheckShape.Draft>> CHECKS =
      Field.optional(
              "checks",
              new Items<>(CheckShape.TABLE_CHECK, "a list of checks"),
              List.of(),
              "The rules about whole rows and their number")
          .otherwise("none");
  private static final Field<ServeDef> SERVE =
      Field.optional("serve", ServeShape.SHAPE, "Where the table is served in Postgres")
          .otherwise("not served");

  static final Fields<Draft> SHAPE =
      new Fields<>(
          "the keys of a table",
          List.of(
              DESCRIPTION,
              FROM,
              MODEL,
              COLUMNS,
              METADATA,
              KEY,
              DUPLICATES,
              PARTITION_BY,
              SORT_BY,
              LAYOUT,
              WRITE,
              DRIFT,
              REJECTS,
              KEEP,
              CHECKS,
              SERVE),
          Draft::new);

  private TableShape() {}

  /** A table that does not know its name and its query yet. */
  record Draft(Reading read) {

    TableDef named(TableName name, String file, Optional<ModelDef> beside) {
      WriteDef write = read.get(WRITE);
      return new TableDef(
          name,
          file,
          read.find(DESCRIPTION),
          read.find(FROM),
          beside.or(this::model),
          HistoryColumns.added(columns(name, read.get(METADATA)), write),
          read.get(KEY),
          read.get(DUPLICATES),
          read.get(PARTITION_BY),
          read.get(SORT_BY),
          read.get(LAYOUT),
          read.get(METADATA),
          write,
          read.get(DRIFT),
          read.get(REJECTS),
          read.get(KEEP),
          read.get(CHECKS).stream().map(c -> c.ofTable(name, write.intervalColumn())).toList(),
          read.find(SERVE));
    }

    private Optional<ModelDef> model() {
      return read.find(MODEL).map(at -> new ModelDef.JavaClass(at.value(), at.location()));
    }

    private List<ColumnDef> columns(TableName name, MetadataDef metadata) {
      Stream<ColumnDef> declared =
          read.get(COLUMNS).entrySet().stream().map(e -> e.getValue().named(name, e.getKey()));
      return Stream.concat(declared, metadata.columns().stream()).toList();
    }
  }
}
