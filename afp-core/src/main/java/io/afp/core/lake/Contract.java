package io.afp.core.lake;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.Duplicates;
import io.afp.core.definition.Pii;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Brings raw rows to the declared columns, strictly: a text that is not a value of the type rejects
 * its row, instead of becoming null or being cut. A row is rejected for
 *
 * <ul>
 *   <li>{@code malformed}: it could not be split into fields, and that alone is said of it;
 *   <li>{@code type}: a text, a typed value, or that of {@code expr}, is not a value of the
 *       column's type;
 *   <li>{@code required}: a required column has no value;
 *   <li>{@code interval}: it lies outside the interval that its file stands for;
 *   <li>{@code in}, {@code length}, {@code matches}: a value breaks the rule;
 *   <li>{@code duplicate}: a row before it has the same key, where duplicates are rejected.
 * </ul>
 *
 * <p>Rows that obey go through one projection and one filter, without a shuffle unless duplicates
 * are rejected.
 */
public final class Contract {

  private static final String BAD = "__bad";
  private static final String REJECT = "__reject";
  private static final String REASONS = "reasons";

  private final TableDef table;
  private final List<String> nullValues;
  private final Protection protection;

  /**
   * The contract of a source that hashes no column.
   *
   * @param nullValues texts that stand for null
   * @throws AfpException if it hashes one
   */
  public Contract(TableDef table, List<String> nullValues) {
    this(table, nullValues, Optional.empty());
  }

  /**
   * The contract of a source.
   *
   * @param nullValues texts that stand for null
   * @param hash what is written in place of personal values that are hashed
   * @throws AfpException if there are such values and no hash
   */
  public Contract(TableDef table, List<String> nullValues, Optional<KeyedHash> hash) {
    this.table = table;
    this.nullValues = List.copyOf(nullValues);
    this.protection = new Protection(table, hash);
  }

  /** Applies the contract. Nothing is read yet. */
  public Conformed conform(RawRows raw) {
    GivenFields given = new GivenFields(raw);
    Dataset<Row> typed = new TypedFields(given, nullValues, protection).rows();
    List<Breach> breaches = new Breaches(given, typed.schema(), protection).cheapestFirst();
    Column bad = col(RawRows.MALFORMED).isNotNull().or(Breaches.any(breaches));
    Column found = coalesce(ParsersReasons.or(raw, bad), lit(true));
    Dataset<Row> judged = typed.withColumn(BAD, found);
    Column reject = reject(given, breaches);
    if (table.duplicates() == Duplicates.REJECT) {
      return withoutLaterRows(judged.withColumn(REJECT, reject), given);
    }
    boolean alone = raw.has(RawRows.OFFSET) && raw.has(RawRows.LINE);
    return new Conformed(judged, declared(), withFields(reject, given), alone);
  }

  /** Only what may be written goes through the shuffle, whose files are on disks, as sorts are. */
  private Conformed withoutLaterRows(Dataset<Row> judged, GivenFields given) {
    Stream<String> written = table.givenColumns().stream().map(ColumnDef::name);
    Stream<String> names = given.raw().more().stream().filter(RawRows.FIELDS::equals);
    Column[] shuffled =
        Stream.of(written, names, Stream.of(RawRows.FILE, BAD, REJECT))
            .flatMap(all -> all)
            .map(name -> col(name))
            .toArray(Column[]::new);
    LaterRows later = new LaterRows(table, col(BAD));
    Breach breach = later.breach();
    Column reasons =
        when(breach.when(), array(breach.told())).otherwise(col(REJECT).getField(REASONS));
    return new Conformed(
        later.marked(judged.select(shuffled)).withColumn(BAD, col(BAD).or(breach.when())),
        declared(),
        withFields(col(REJECT).withField(REASONS, reasons), given),
        false);
  }

  /** They are the same for many rows, so that no shuffle has to have them. */
  private static Column withFields(Column reject, GivenFields given) {
    return reject.withField(Conformed.FIELDS, given.namesOfSource());
  }

  /** What is kept of a row that is rejected; it holds nothing that may not be written. */
  private Column reject(GivenFields given, List<Breach> breaches) {
    Column text = protection.undeclared(col(RawRows.MALFORMED));
    Breach malformed = new Breach("", "malformed", lit(true), ReasonWords.MALFORMED, text);
    Column none = when(lit(false), malformed.told()); // or nothing says what the elements are
    Stream<Column> all = breaches.stream().map(b -> when(b.when(), b.told()));
    Column found = array(Stream.concat(all, Stream.of(none)).toArray(Column[]::new));
    Column ofContract = filter(found, reason -> reason.isNotNull());
    Column ofFields =
        given.raw().has(RawRows.REASONS) ? new ParsersReasons(table).with(ofContract) : ofContract;
    Column from = given.raw().unit().map(unit -> col(unit.start())).orElse(lit(null));
    return struct(
        from.as(Conformed.INTERVAL_START),
        when(col(RawRows.MALFORMED).isNotNull(), array(malformed.told()))
            .otherwise(ofFields)
            .as(REASONS),
        coalesce(text, record(given)).as("record"),
        col(RawRows.FILE).as("file"),
        place(given.raw(), RawRows.LINE).as("line"),
        place(given.raw(), RawRows.OFFSET).as("offset"));
  }

  private static Column place(RawRows raw, String column) {
    return (raw.has(column) ? col(column) : lit(null)).cast("bigint");
  }

  /** The table whose contract it is, with the columns that its source brought. */
  TableDef table() {
    return table;
  }

  /** What rejects have to have in common with those of today to be judged again. */
  public Optional<String> protectedBy() {
    return protection.fingerprint();
  }

  /** The record as it was, but for what is kept out of the table. */
  private Column record(GivenFields given) {
    boolean isKnown = given.raw().has(RawRows.RECORD);
    if (isKnown && !table.keepsValuesOut()) {
      return col(RawRows.RECORD);
    }
    Column made = madeRecord(given);
    return isKnown && given.raw().has(RawRows.PROTECTED)
        ? when(col(RawRows.PROTECTED), col(RawRows.RECORD)).otherwise(made)
        : made;
  }

  private Column madeRecord(GivenFields given) {
    Map<String, List<ColumnDef>> columns = table.byField();
    List<Column> values = new ArrayList<>();
    for (String field : given.names()) {
      Column raw = given.shown(field);
      Optional<ColumnDef> column =
          columns.getOrDefault(field, List.of()).stream().findFirst(); // all have one protection
      if (column.filter(c -> c.protection() == Pii.DROP).isEmpty()) {
        values.add(
            column.map(c -> shown(c, raw)).orElseGet(() -> protection.undeclared(raw)).as(field));
      }
    }
    return values.isEmpty() ? lit("{}") : json(struct(values.toArray(Column[]::new)));
  }

  /** Of a database only some columns are read: its records name those, also where they are null. */
  private Column json(Column fields) {
    return table.jdbcSource().isPresent()
        ? to_json(fields, Map.of("ignoreNullFields", "false"))
        : to_json(fields);
  }

  /** Where a text stands for null nothing is written, so nothing is in its place. */
  private Column shown(ColumnDef column, Column raw) {
    return column.protection().isKeptOut()
        ? protection.of(column, col(GivenFields.text(column)))
        : raw;
  }

  private Column[] declared() {
    Stream<Column> given = table.givenColumns().stream().map(c -> col(c.name()));
    boolean named = table.metadata().source().isPresent() || table.hasQuarantine();
    Stream<Column> file = named ? Stream.of(col(RawRows.FILE)) : Stream.empty();
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

    /** The column of the rejects with the names of the fields that the source of a row had. */
    static final String FIELDS = "fields";

    private final Dataset<Row> judged;
    private final Column[] declared;
    private final Column reject;
    private final boolean alone;

    /**
     * Rows that were judged.
     *
     * @param alone whether each was judged by its record alone, and says where it begins
     */
    private Conformed(Dataset<Row> judged, Column[] declared, Column reject, boolean alone) {
      this.judged = judged;
      this.declared = declared;
      this.reject = reject;
      this.alone = alone;
    }

    /**
     * The rows that obey, with the columns of the table; also with {@link RawRows#FILE} where the
     * table, or its quarantine, keeps the source of its rows.
     */
    public Dataset<Row> accepted() {
      return accepted(judged);
    }

    /**
     * The rows that obey; how many there were, and how many not, is counted on the way into {@code
     * count}.
     */
    public Dataset<Row> accepted(RowCount count) {
      SparkSession session = judged.sparkSession();
      Column counted = alone ? count.ofRecords(col(BAD), session) : count.of(col(BAD), session);
      return accepted(judged.withColumn(BAD, counted));
    }

    private Dataset<Row> accepted(Dataset<Row> rows) {
      return rows.filter(not(col(BAD))).select(declared);
    }

    /**
     * The rows that do not obey: {@code interval_start}, {@code reasons} (column, reason, value,
     * message), the {@code record} and its {@code file}, {@code line} and {@code offset}, these two
     * where the reader knows them, and the names of the {@code fields} that its source had. Values
     * that are kept out of the table are not in them.
     */
    public Dataset<Row> rejected() {
      return rejected(Optional.empty());
    }

    /**
     * The same, where it is known which records they are: a source that can reads no others.
     *
     * @param places of all of them
     */
    public Dataset<Row> rejected(Optional<RecordPlaces> places) {
      return PickedRecords.of(judged, places).filter(col(BAD)).select(reject.as("r")).select("r.*");
    }
  }
}
