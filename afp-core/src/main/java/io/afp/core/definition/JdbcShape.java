package io.afp.core.definition;

import io.afp.core.definition.JdbcSourceDef.Deletes;
import io.afp.core.definition.JdbcSourceDef.NamedTable;
import io.afp.core.definition.JdbcSourceDef.Query;
import io.afp.core.definition.JdbcSourceDef.Relation;
import io.afp.core.definition.JdbcSourceDef.Split;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What {@code from.jdbc} may hold. */
final class JdbcShape {

  private static final long MOST_SPLITS = 1_000;
  private static final long MOST_FETCHED = 1_000_000;

  private static final Field<String> CONNECTION =
      Field.required(
          "connection",
          Scalars.TEXT,
          "The database, by its name under `connections` of `afp.yaml`");
  private static final Field<NamedTable> TABLE =
      Field.optional(
          "table",
          Scalar.parsed("a table such as public.orders", JdbcShape::table),
          "The table or view, as the database writes its name; a part with dots stands in double"
              + " quotes");
  private static final Field<Query> QUERY =
      Field.optional(
          "query",
          Scalar.parsed("a SELECT", JdbcShape::query),
          "A query of that database, instead of a table");
  private static final Field<String> SPLIT_BY =
      Field.optional("split_by", Scalars.COLUMN, "The column whose ranges are read side by side")
          .otherwise("the key of the table, if it is one column; a query is read in one");
  private static final Field<Long> SPLITS =
      Field.optional(
              "splits", Scalar.upTo(MOST_SPLITS), "How many ranges there are; `1` reads all in one")
          .otherwise("4");
  private static final Field<Long> SPLIT_ROWS =
      Field.optional(
              "split_rows",
              Scalar.upTo(Long.MAX_VALUE),
              "About how many rows a range has, instead of their number")
          .otherwise("`splits` decides");
  private static final Field<String> WATERMARK =
      Field.optional(
              "watermark",
              Scalars.COLUMN,
              "The column of the source that grows with each change: only newer rows are read; with"
                  + " `append`, `upsert` and `scd2`")
          .otherwise("each run reads all");
  private static final Field<Duration> OVERLAP =
      Field.optional(
              "overlap",
              Scalars.DURATION,
              "How far behind the last watermark is read again, for changes that were committed"
                  + " late; with `upsert` and `scd2`")
          .otherwise("none");
  private static final Field<Long> FETCH_SIZE =
      Field.withDefault(
          "fetch_size",
          Scalar.upTo(MOST_FETCHED),
          "10000",
          "How many rows come with one answer of the database");
  private static final Field<Deletes> DELETES =
      Field.withDefault(
          "deletes",
          Scalar.choice(Deletes.class),
          "none",
          "`compare` deletes keys that the source has no longer; with `upsert` and `scd2`");

  static final Fields<JdbcSourceDef> SHAPE =
      new Fields<>(
          "a mapping such as { connection: crm, table: public.orders }",
          List.of(
              CONNECTION,
              TABLE,
              QUERY,
              SPLIT_BY,
              SPLITS,
              SPLIT_ROWS,
              WATERMARK,
              OVERLAP,
              FETCH_SIZE,
              DELETES),
          List.of("table", "query"),
          JdbcShape::source);

  private JdbcShape() {}

  private static JdbcSourceDef source(Reading r) {
    Optional<Relation> table = r.find(TABLE).map(t -> t);
    return new JdbcSourceDef(
        r.get(CONNECTION),
        table.orElseGet(() -> r.get(QUERY)),
        split(r),
        r.find(WATERMARK),
        r.find(OVERLAP).orElse(Duration.ZERO),
        r.get(FETCH_SIZE).intValue(),
        r.get(DELETES),
        OnChange.RELOAD);
  }

  private static Split split(Reading r) {
    return new Split(
        r.find(SPLIT_BY),
        r.find(SPLITS).map(n -> OptionalInt.of(n.intValue())).orElse(OptionalInt.empty()),
        r.find(SPLIT_ROWS).map(OptionalLong::of).orElse(OptionalLong.empty()));
  }

  private static NamedTable table(String text) {
    if (!NamedTable.isName(text)) {
      throw new IllegalArgumentException("'%s' is not the name of a table".formatted(text));
    }
    return new NamedTable(text);
  }

  private static Query query(String text) {
    Query query = new Query(text);
    if (query.body().isBlank()) {
      throw new IllegalArgumentException("it is empty");
    }
    return query;
  }
}
