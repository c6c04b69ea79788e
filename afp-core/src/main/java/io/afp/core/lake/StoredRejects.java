package io.afp.core.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType.Kind;
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

  private static final String FIELDS = "__fields";

  private final TableDef table;
  private final Collection<Unit> units;
  private final Optional<String> protectedBy;
  private final Dataset<Row> rows;

  private StoredRejects(
      TableDef table, Collection<Unit> units, Optional<String> protectedBy, Dataset<Row> rows) {
    this.table = table;
    this.units = units;
    this.protectedBy = protectedBy;
    this.rows = rows;
  }

  /**
   * Those of these units; they are read once.
   *
   * @param protectedBy what the values in place of those that are kept out follow from today
   * @param stored rows of a table of rejects, of this AFP or an earlier one
   */
  static StoredRejects of(
      TableDef table, Collection<Unit> units, Optional<String> protectedBy, Dataset<Row> stored) {
    DataType texts = DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);
    StoredRejects all = new StoredRejects(table, units, protectedBy, stored);
    Dataset<Row> named =
        stored
            .withColumn(UNIT, all.unit())
            .filter(col(UNIT).isNotNull())
            .withColumn(FIELDS, from_json(col("record"), texts, Map.<String, String>of()));
    return new StoredRejects(table, units, protectedBy, Pinned.of(named));
  }

  /** All of them, with their unit behind the columns that they have today. */
  Dataset<Row> all(StructType rejects) {
    return rows.select(columns(rejects, col(UNIT)));
  }

  private Column unit() {
    return table.hasInterval() ? ofUnit(col(Conformed.INTERVAL_START), Unit::label) : lit("all");
  }

  /** Rejects with the unit that they are of. */
  static Dataset<Row> withUnit(TableDef table, Collection<Unit> units, Dataset<Row> rejects) {
    return rejects.withColumn(
        UNIT, new StoredRejects(table, units, Optional.empty(), rejects).unit());
  }

  /** What belongs to the unit that starts at a time; null for any other time. */
  private Column ofUnit(Column start, Function<Unit, Object> value) {
    Map<Object, Object> values = new HashMap<>();
    units.forEach(unit -> values.put(bounds(unit).start(), value.apply(unit)));
    String time = table.intervalColumn().orElseThrow().type().sql();
    return Lookup.in(values, start.cast(time));
  }

  private Interval.Bounds bounds(Unit unit) {
    Kind kind = table.intervalColumn().orElseThrow().type().kind();
    return unit.interval().orElseThrow().boundsFor(kind);
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

  /** How many would be judged, were not something else in place of their values. */
  long lost() {
    return rows.filter(isLost().and(not(isNoRecord()))).count();
  }

  private Column stays() {
    return isNoRecord().or(isLost());
  }

  private Column isNoRecord() {
    return col(FIELDS)
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
        .map(field -> col(FIELDS).getItem(field).as(field))
        .forEach(columns::add);
    columns.add(lit(null).cast("string").as(RawRows.MALFORMED));
    columns.add(col("record").as(RawRows.RECORD));
    columns.add(col("file").as(RawRows.FILE));
    if (table.keepsValuesOut()) {
      columns.add(isIncomplete().as(RawRows.PROTECTED));
    }
    columns.add(known("line", DataTypes.LongType).as(RawRows.LINE));
    columns.add(known("offset", DataTypes.LongType).as(RawRows.OFFSET));
    if (table.hasInterval()) {
      columns.add(
          ofUnit(col(Conformed.INTERVAL_START), unit -> bounds(unit).start())
              .as(UnitColumns.USUAL.start()));
      columns.add(
          ofUnit(col(Conformed.INTERVAL_START), unit -> bounds(unit).end())
              .as(UnitColumns.USUAL.end()));
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
