package io.afp.ingestion.file;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_json;

import io.afp.core.definition.FileFormat;
import io.afp.core.error.AfpException;
import io.afp.core.error.Causes;
import io.afp.core.lake.RawRows;
import io.afp.ingestion.file.Layout.Field;
import io.afp.ingestion.text.FieldNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.AnsiIntervalType;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Parquet, Avro and ORC, which know types; a nested value is given as the text of JSON. */
final class TypedReader implements FileReader {

  private static final Map<String, String> STRICT =
      Map.of(
          "ignoreCorruptFiles", "false",
          "ignoreMissingFiles", "false",
          "parquet.page.verify-checksum.enabled", "true");

  private final SparkSession session;
  private final FileFormat format;

  TypedReader(SparkSession session, FileFormat format) {
    this.session = session;
    this.format = format;
  }

  @Override
  public List<Layout> layouts(List<String> addresses) {
    return Layouts.of(addresses, this::fields);
  }

  private List<Field> fields(String address) {
    StructField[] given = schema(address).fields();
    List<String> names =
        FieldNames.of(address, Arrays.stream(given).map(StructField::name).toList());
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < given.length; i++) {
      fields.add(new Field(names.get(i), given[i]));
    }
    return fields;
  }

  private StructType schema(String address) {
    try {
      if (format == FileFormat.AVRO) {
        AvroEnds.require(session.sparkContext().hadoopConfiguration(), address);
      }
      return reader().load(SourceFiles.escape(address)).schema();
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      throw failure(address, e);
    }
  }

  private static AfpException failure(String address, Exception failure) {
    return failure instanceof AnalysisException analysis
            && "COLUMN_ALREADY_EXISTS".equals(analysis.getErrorClass())
        ? FieldNames.twice(address, analysis.getMessageParameters().get("columnName"))
        : FileFailures.broken(address, Causes.root(failure));
  }

  private DataFrameReader reader() {
    return session.read().format(format.toString()).options(STRICT);
  }

  @Override
  public Dataset<Row> rows(Layout layout) {
    StructType schema = new StructType();
    List<Column> selected = new ArrayList<>();
    for (Field field : layout.fields()) {
      schema = schema.add(field.given());
      selected.add(value(field).as(field.name()));
    }
    selected.add(lit(null).cast("string").as(RawRows.MALFORMED));
    selected.add(FileColumn.of(layout.addresses()).as(RawRows.FILE));
    return reader()
        .schema(schema)
        .load(SourceFiles.escaped(layout.addresses()))
        .select(selected.toArray(Column[]::new));
  }

  private static Column value(Field field) {
    Column column = RawRows.field(field.given().name());
    DataType type = field.given().dataType();
    if (isNested(type)) {
      return to_json(column, Map.of("ignoreNullFields", "false"));
    }
    return type.equals(field.type()) ? column : column.cast(field.type());
  }

  private static boolean isNested(DataType type) {
    return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
  }

  /** The type in which values of a type are given: those that no column can have are texts. */
  static DataType typeOf(DataType type) {
    boolean other =
        type instanceof NullType
            || type instanceof AnsiIntervalType
            || type instanceof CalendarIntervalType;
    return isNested(type) || other ? DataTypes.StringType : type;
  }
}
