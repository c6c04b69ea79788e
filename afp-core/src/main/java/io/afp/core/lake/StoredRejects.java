package io.afp.core.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.Interval;
import io.afp.core.definition.Pii;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.Unit;
import io.afp.core.lake.Contract.Conformed;
import io.afp.core.lake.RawRows.UnitColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The rejects of some units of a table as they are stored, for a contract to judge again.
 *
 * <p>Each field of a record is read as the text that it was in the file. What is not there field by
 * field, or was rejected for what the record alone can't tell, stays as it is.
 */
final class StoredRejects {

  /** The unit that a reject is of. */
  static final String UNIT = "__unit";

  /** Why a record can't be judged again: it has no fields, or another row has its key. */
  private static final Object[] STAYING = {"malformed", "duplicate"};

  /** The fields of a record, by name. */
  private static final String VALUES = "__values";

  private static final String LACKED = "__lacked";

  private final TableDef table;
  private final Collection<Unit> units;
  private final Optional<String> protectedBy;
  private final Dataset<Row> rows;
  private final LackedFields lacked;

  private StoredRejects(
      TableDef declared, Contract contract, Collection<Unit> units, Dataset<Row> rows) {
    this.table = contract.table();
    this.units = units;
    this.protectedBy = contract.protectedBy();
    this.rows = rows;
    this.lacked = new LackedFields(declared, fieldsOfSource(), col(VALUES));
  }

  /**
   * Those of these units; they are read once.
   *
   * @param declared the table without the columns that its source brought
   * @param contract that of today
   * @param stored rows of a table of rejects, of this AFP or an earlier one
   */
  static StoredRejects of(
      TableDef declared, Contract contract, Collection<Unit> units, Dataset<Row> stored) {
    DataType texts = DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);
    Dataset<Row> named =
        withUnit(contract.table(), units, stored)
            .filter(col(UNIT).isNotNull())
            .withColumn(VALUES, from_json(col("record"), texts, Map.<String, String>of()));
    return new StoredRejects(declared, contract, units, Pinned.of(named));
  }

  /** All of them, with their unit behind the columns that they have today. */
  Dataset<Row> all(StructType rejects) {
    return rows.select(columns(rejects, col(UNIT)));
  }

  /** The name of a stored column beside those of the table. */
  static String kept(String column) {
    return "__kept_" + column;
  }

  /** Rejects with the unit that they are of. */
  static Dataset<Row> withUnit(TableDef table, Collection<Unit> units, Dataset<Row> rejects) {
    Column unit = table.hasInterval() ? ofUnit(table, units, Unit::label) : lit("all");
    return rejects.withColumn(UNIT, unit);
  }

  /** What belongs to the unit that a reject is of; null of any other unit. */
  private static Column ofUnit(
      TableDef table, Collection<Unit> units, Function<Unit, Object> value) {
    ColumnType type = table.intervalColumn().orElseThrow().type();
    Map<Object, Object> values = new HashMap<>();
    units.forEach(unit -> values.put(bounds(unit, type).start(), value.apply(unit)));
    return Lookup.in(values, col(Conformed.INTERVAL_START).cast(type.sql()));
  }

  private static Interval.Bounds bounds(Unit unit, ColumnType type) {
    return unit.interval().orElseThrow().boundsFor(type.kind());
  }

  private Column bound(Function<Interval.Bounds, Object> bound) {
    ColumnType type = table.intervalColumn().orElseThrow().type();
    return ofUnit(table, units, unit -> bound.apply(bounds(unit, type)));
  }

  /** Those of which a contract says something. */
  RawRows judgeable() {
    Optional<UnitColumns> bounds =
        Optional.of(UnitColumns.USUAL).filter(any -> table.hasInterval());
    return new RawRows(rows.filter(not(stays())).select(columns()), bounds);
  }

  /** Rejects whose unit is told as the table tells it, also where there are no units. */
  Dataset<Row> placed(Dataset<Row> rejected) {
    Column start = col(Conformed.INTERVAL_START).cast(typeOf(Conformed.INTERVAL_START));
    return rejected.withColumn(Conformed.INTERVAL_START, start);
  }

  /** The others, with reasons as a contract gives them today. */
  Dataset<Row> staying(StructType rejects) {
    return rows.filter(stays()).select(columns(rejects));
  }

  private Column[] columns(StructType rejects, Column... more) {
    return Stream.concat(Stream.of(rejects.fields()).map(this::stored), Stream.of(more))
        .toArray(Column[]::new);
  }

  private Column stays() {
    return isNoRecord().or(isLost()).or(isPartlyRead()).or(lacked.keepOut());
  }

  /** Those that are not judged as a load would judge them. */
  Unjudged unjudged() {
    Column judged = not(isNoRecord()).and(not(isLost()));
    Row counts =
        rows.agg(
                count_if(isLost().and(not(isNoRecord()))),
                count_if(judged.and(lacked.areUnknown())))
            .first();
    return new Unjudged(
        counts.getLong(0),
        counts.getLong(1),
        byField(judged.and(not(isPartlyRead())), lacked.all()),
        byField(judged, unread()));
  }

  private Map<String, Long> byField(Column which, Column fields) {
    Map<String, Long> counts = new TreeMap<>();
    rows.filter(which)
        .select(explode(fields).as(LACKED))
        .groupBy(LACKED)
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  /** Whether a value of today's table is in its database alone. */
  private Column isPartlyRead() {
    return coalesce(size(unread()).gt(0), lit(false));
  }

  /** Of an incomplete record that is not lost the fields of today were read. */
  private Column unread() {
    return when(not(isIncomplete()), LackedFields.unread(table, fieldsOfSource(), col(VALUES)));
  }

  private Column fieldsOfSource() {
    return known(Conformed.FIELDS, DataTypes.createArrayType(DataTypes.StringType));
  }

  private Column isNoRecord() {
    return col(VALUES)
        .isNull()
        .or(exists(col("reasons"), reason -> reason.getField("reason").isin(STAYING)));
  }

  private Column isIncomplete() {
    return not(coalesce(known(Rejudged.COMPLETE, DataTypes.BooleanType), lit(true)));
  }

  /** Whether a value can't be judged by what is in its place. */
  private Column isLost() {
    Column by = known(Rejudged.PROTECTED_BY, DataTypes.StringType);
    Column sameRules = coalesce(by.equalTo(lit(protectedBy.orElse(null))), lit(false));
    return isIncomplete().and(not(sameRules).or(exists(col("reasons"), this::isOfProtected)));
  }

  /** That there is no value can be seen, unless it is dropped. */
  private Column isOfProtected(Column reason) {
    Column isMissing = reason.getField("reason").equalTo("required");
    Column isDropped = reason.getField("column").isin(read(c -> c.protection() == Pii.DROP));
    return isDropped.or(
        reason.getField("column").isin(read(GivenFields::isReplaced)).and(not(isMissing)));
  }

  private Object[] read(Predicate<ColumnDef> which) {
    return table.sourceColumns().stream()
        .filter(column -> column.expr().isEmpty() && which.test(column))
        .map(ColumnDef::name)
        .toArray();
  }

  private Column[] columns() {
    List<Column> columns = new ArrayList<>();
    table.fields().stream()
        .map(field -> col(VALUES).getItem(field).as(field))
        .forEach(columns::add);
    columns.add(lit(null).cast("string").as(RawRows.MALFORMED));
    columns.add(col("record").as(RawRows.RECORD));
    columns.add(col("file").as(RawRows.FILE));
    if (table.keepsValuesOut()) {
      columns.add(isIncomplete().as(RawRows.PROTECTED));
    }
    columns.add(fieldsOfSource().as(RawRows.FIELDS));
    columns.add(known("line", DataTypes.LongType).as(RawRows.LINE));
    columns.add(known("offset", DataTypes.LongType).as(RawRows.OFFSET));
    if (table.hasInterval()) {
      columns.add(bound(Interval.Bounds::start).as(UnitColumns.USUAL.start()));
      columns.add(bound(Interval.Bounds::end).as(UnitColumns.USUAL.end()));
    }
    return columns.toArray(Column[]::new);
  }

  private Column stored(StructField field) {
    return field.name().equals("reasons") && !typeOf("reasons").equals(field.dataType())
        ? transform(col("reasons"), reason -> reason(reason, (ArrayType) field.dataType()))
            .as("reasons")
        : known(field.name(), field.dataType()).as(field.name());
  }

  /** A reason of an earlier AFP, with null for what that one did not say. */
  private Column reason(Column reason, ArrayType wanted) {
    List<String> said =
        Arrays.asList(((StructType) ((ArrayType) typeOf("reasons")).elementType()).fieldNames());
    return struct(
        Stream.of(((StructType) wanted.elementType()).fields())
            .map(
                f ->
                    (said.contains(f.name()) ? reason.getField(f.name()) : lit(null))
                        .cast(f.dataType())
                        .as(f.name()))
            .toArray(Column[]::new));
  }

  private DataType typeOf(String column) {
    return rows.schema().apply(column).dataType();
  }

  /** A column that earlier builds may not have written. */
  private Column known(String column, DataType type) {
    boolean there = Arrays.asList(rows.columns()).contains(column);
    return there ? col(column).cast(type) : lit(null).cast(type);
  }
}
