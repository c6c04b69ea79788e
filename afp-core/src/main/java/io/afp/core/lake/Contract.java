package io.afp.core.lake;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.TableDef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Brings raw rows to the declared columns, strictly: a text that is not a value of the type rejects
 * its row, instead of becoming null or being cut. A row is rejected for
 *
 * <ul>
 *   <li>{@code malformed}: it could not be split into fields;
 *   <li>{@code type}: a text, a typed value, or that of {@code expr}, is not a value of the
 *       column's type;
 *   <li>{@code required}: a required column has no value;
 *   <li>{@code interval}: it lies outside the interval that its file stands for.
 * </ul>
 */
public final class Contract {

  /** A field as the file has it. */
  private static final String RAW = "__raw_";

  /** A field that is declared; null where its text stands for null. */
  private static final String TEXT = "__text_";

  private static final String BAD = "__bad";

  private final TableDef table;
  private final List<String> nullValues;

  /**
   * The contract of a source.
   *
   * @param nullValues texts that stand for null
   */
  public Contract(TableDef table, List<String> nullValues) {
    this.table = table;
    this.nullValues = List.copyOf(nullValues);
  }

  /** Applies the contract. Nothing is read yet. */
  public Conformed conform(RawRows raw) {
    List<String> fields = fields(raw);
    Dataset<Row> typed = computed(typed(raw, fields));
    Dataset<Row> judged = typed.withColumn(BAD, bad(raw));
    return new Conformed(judged, declared(), reasons(raw, fields));
  }

  private static List<String> fields(RawRows raw) {
    return Arrays.stream(raw.rows().columns()).filter(c -> !c.startsWith("__")).toList();
  }

  private Dataset<Row> typed(RawRows raw, List<String> fields) {
    StructType given = raw.rows().schema();
    List<Column> columns = new ArrayList<>(List.of(col(RawRows.FILE), col(RawRows.MALFORMED)));
    raw.more().forEach(name -> columns.add(col(name)));
    raw.unit().ifPresent(unit -> columns.addAll(List.of(col(unit.start()), col(unit.end()))));
    fields.forEach(field -> columns.add(named(field).as(RAW + field)));
    table.givenColumns().stream()
        .filter(column -> isRead(column, fields))
        .forEach(column -> columns.add(meaning(given, column.name()).as(TEXT + column.name())));
    Dataset<Row> texts = raw.rows().select(columns.toArray(Column[]::new));
    List<Column> typed = new ArrayList<>(List.of(col("*")));
    for (ColumnDef column : table.givenColumns()) {
      if (column.expr().isEmpty()) {
        typed.add(cast(column, fields));
      }
    }
    return texts.select(typed.toArray(Column[]::new));
  }

  private static boolean isRead(ColumnDef column, List<String> fields) {
    return column.expr().isEmpty() && fields.contains(column.name());
  }

  private Column meaning(StructType given, String field) {
    Column value = named(field);
    return nullValues.isEmpty() || !isText(given, field)
        ? value
        : when(not(value.isin(nullValues.toArray())), value);
  }

  private static boolean isText(StructType given, String field) {
    return given.apply(field).dataType().equals(DataTypes.StringType);
  }

  /** A column by its name, whatever the file calls it. */
  private static Column named(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  private static Column cast(ColumnDef column, List<String> fields) {
    String type = column.type().sql();
    Column value =
        isRead(column, fields)
            ? expr("try_cast(`%s` AS %s)".formatted(TEXT + column.name(), type))
            : lit(null).cast(type);
    return value.as(column.name());
  }

  private Dataset<Row> computed(Dataset<Row> typed) {
    List<Column> columns = new ArrayList<>(List.of(col("*")));
    for (ColumnDef column : table.givenColumns()) {
      column
          .expr()
          .map(e -> expr("try_cast((%s\n) AS %s)".formatted(e, column.type().sql())))
          .ifPresent(value -> columns.add(value.as(column.name())));
    }
    return typed.select(columns.toArray(Column[]::new));
  }

  private Column bad(RawRows raw) {
    return col(RawRows.MALFORMED).isNotNull().or(any(breaches(raw)));
  }

  private static Column any(List<Breach> breaches) {
    Column any = lit(false);
    for (Breach breach : breaches) {
      any = any.or(coalesce(breach.when(), lit(false)));
    }
    return any;
  }

  /** One way in which a row can break the contract. */
  private record Breach(String column, String reason, Column when, Column value) {}

  private List<Breach> breaches(RawRows raw) {
    List<String> fields = fields(raw);
    List<Breach> breaches = new ArrayList<>();
    for (ColumnDef column : table.givenColumns()) {
      boolean read = isRead(column, fields);
      Column value = read ? col(RAW + column.name()) : lit(null).cast("string");
      if (read) {
        breaches.add(new Breach(column.name(), "type", notOfType(raw, column), value));
      }
      column.expr().ifPresent(e -> breaches.add(notOfType(column, expr(e))));
      if (column.required()) {
        breaches.add(new Breach(column.name(), "required", meant(column, read).isNull(), value));
      }
    }
    raw.unit().ifPresent(unit -> breaches.add(outside(unit, breaches)));
    return breaches;
  }

  /** Not said of a value that is wrong or missing for a reason that was said already. */
  private Breach outside(RawRows.UnitColumns unit, List<Breach> said) {
    ColumnDef column = table.intervalColumn().orElseThrow();
    Column value = col(column.name());
    Column inside = value.geq(col(unit.start())).and(value.lt(col(unit.end())));
    Column known =
        column.expr().isPresent()
            ? value.isNull().and(any(said))
            : any(said.stream().filter(b -> b.column().equals(column.name())).toList());
    Column outside = not(coalesce(inside, lit(false))).and(not(known));
    return new Breach(column.name(), "interval", outside, value.cast("string"));
  }

  private static Column notOfType(RawRows raw, ColumnDef column) {
    Column given = col(TEXT + column.name());
    Column value = col(column.name());
    DataType type = raw.rows().schema().apply(column.name()).dataType();
    Column loose =
        type.equals(DataTypes.StringType)
            ? Looseness.of(column.type(), given, value)
            : Looseness.ofTyped(column.type(), type, given, value);
    return given.isNotNull().and(value.isNull().or(loose));
  }

  /** What the row says before it is cast, because a failed cast is a reason of its own. */
  private static Column meant(ColumnDef column, boolean read) {
    return read
        ? col(TEXT + column.name())
        : column.expr().map(e -> expr(e)).orElse(col(column.name()));
  }

  /** The value of an expression has no place in the column's type. */
  private static Breach notOfType(ColumnDef column, Column value) {
    Column lost = value.isNotNull().and(col(column.name()).isNull());
    return new Breach(column.name(), "type", lost, value);
  }

  private Column reasons(RawRows raw, List<String> fields) {
    List<Column> all = new ArrayList<>();
    for (Breach breach : breaches(raw)) {
      all.add(when(breach.when(), reason(breach.column(), breach.reason(), breach.value())));
    }
    Column ofFields = filter(array(all.toArray(Column[]::new)), reason -> reason.isNotNull());
    Column malformed = array(reason("", "malformed", col(RawRows.MALFORMED)));
    Column from = raw.unit().map(unit -> col(unit.start())).orElse(lit(null));
    return struct(
        from.as(Conformed.INTERVAL_START),
        when(col(RawRows.MALFORMED).isNotNull(), malformed).otherwise(ofFields).as("reasons"),
        record(raw, fields).as("record"),
        col(RawRows.FILE).as("file"),
        place(raw, RawRows.LINE).as("line"),
        place(raw, RawRows.OFFSET).as("offset"));
  }

  private static Column place(RawRows raw, String column) {
    return (raw.has(column) ? col(column) : lit(null)).cast("bigint");
  }

  private static Column reason(String column, String reason, Column value) {
    return struct(
        lit(column).as("column"), lit(reason).as("reason"), value.cast("string").as("value"));
  }

  private static Column record(RawRows raw, List<String> fields) {
    Column[] values = fields.stream().map(f -> named(RAW + f).as(f)).toArray(Column[]::new);
    Column text = raw.has(RawRows.RECORD) ? col(RawRows.RECORD) : to_json(struct(values));
    return coalesce(col(RawRows.MALFORMED), text);
  }

  private Column[] declared() {
    Stream<Column> given = table.givenColumns().stream().map(c -> col(c.name()));
    Stream<Column> file = table.metadata().source().stream().map(named -> col(RawRows.FILE));
    return Stream.concat(given, file).toArray(Column[]::new);
  }

  /**
   * Rows that went through the contract.
   *
   * @see #conform
   */
  public static final class Conformed {

    /** The column of the rejects that says to which unit a row belongs; null without units. */
    public static final String INTERVAL_START = "interval_start";

    private final Dataset<Row> judged;
    private final Column[] declared;
    private final Column reasons;

    private Conformed(Dataset<Row> judged, Column[] declared, Column reasons) {
      this.judged = judged;
      this.declared = declared;
      this.reasons = reasons;
    }

    /**
     * The rows that obey, with the declared columns; also with {@link RawRows#FILE} where the table
     * keeps the source of its rows.
     */
    public Dataset<Row> accepted() {
      return accepted(judged);
    }

    /**
     * The rows that obey; how many there were, and how many not, is counted on the way into {@code
     * counter}.
     */
    public Dataset<Row> accepted(Counter counter) {
      return accepted(counter.through(judged, col(BAD)));
    }

    private Dataset<Row> accepted(Dataset<Row> rows) {
      return rows.filter(not(col(BAD))).select(declared);
    }

    /**
     * The rows that do not obey: {@code interval_start}, {@code reasons} (column, reason, value),
     * the {@code record} and its {@code file}, {@code line} and {@code offset}, the last two where
     * the reader knows them.
     */
    public Dataset<Row> rejected() {
      return judged.filter(col(BAD)).select(reasons.as("r")).select("r.*");
    }
  }
}
