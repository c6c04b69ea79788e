package io.afp.core.lake;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.TableDef;
import io.afp.core.testing.TestSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.JavaConverters;

/** The rows of a file as a parser of texts gives them: typed, with reasons and texts. */
record Parsed(TableDef table, List<String> nullValues, List<String> fields) {

  private static final DataType REASONS =
      DataType.fromDDL("array<struct<column:string,reason:string,words:string,value:string>>");

  /**
   * The rows; a record is on the line of its number.
   *
   * @param records the texts of the fields, or one text more than there are fields: that of a
   *     record that could not be split
   */
  RawRows rows(List<List<String>> records) {
    List<InternalRow> rows = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      rows.add(row(records.get(i), i + 1));
    }
    return new RawRows(dataset(schema(), rows), Optional.empty());
  }

  /** The same records, every field a text. */
  RawRows texts(List<List<String>> records) {
    List<InternalRow> rows = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      List<String> record = records.get(i);
      List<Object> values = new ArrayList<>(places(record, i + 1));
      fields().forEach(field -> values.add(utf8(text(record, field))));
      rows.add(new GenericInternalRow(values.toArray()));
    }
    StructType schema = places();
    for (String field : fields) {
      schema = schema.add(field, DataTypes.StringType);
    }
    return new RawRows(dataset(schema, rows), Optional.empty());
  }

  private static Dataset<Row> dataset(StructType schema, List<InternalRow> rows) {
    List<Attribute> columns =
        new ArrayList<>(JavaConverters.seqAsJavaList(DataTypeUtils.toAttributes(schema)));
    LocalRelation relation =
        new LocalRelation(
            JavaConverters.asScalaBuffer(columns).toList(),
            JavaConverters.asScalaBuffer(rows).toList(),
            false);
    return Dataset.ofRows(TestSpark.session(), relation);
  }

  private StructType schema() {
    StructType schema = places();
    StructType texts = new StructType();
    for (String field : fields) {
      schema = schema.add(field, type(field));
      texts = texts.add(field, DataTypes.StringType);
    }
    return schema.add(RawRows.REASONS, REASONS).add(RawRows.TEXTS, texts);
  }

  private static StructType places() {
    return new StructType()
        .add(RawRows.FILE, DataTypes.StringType)
        .add(RawRows.MALFORMED, DataTypes.StringType)
        .add(RawRows.LINE, DataTypes.LongType)
        .add(RawRows.OFFSET, DataTypes.LongType);
  }

  private List<Object> places(List<String> record, long line) {
    List<Object> places = new ArrayList<>(List.of(UTF8String.fromString("a.csv")));
    places.add(isMalformed(record) ? utf8(record.get(fields.size())) : null);
    places.addAll(List.of(line, line * 10));
    return places;
  }

  private boolean isMalformed(List<String> record) {
    return record.size() > fields.size();
  }

  private String text(List<String> record, String field) {
    return isMalformed(record) ? null : record.get(fields.indexOf(field));
  }

  private InternalRow row(List<String> record, long line) {
    List<Object> values = new ArrayList<>(places(record, line));
    List<Object> reasons = new ArrayList<>();
    for (String field : fields) {
      String text = text(record, field);
      Object value = value(field, text);
      values.add(value);
      if (value == null && !isNull(text)) {
        reasons.add(reason(column(field).orElseThrow(), text));
      }
    }
    values.add(reasons.isEmpty() ? null : new GenericArrayData(reasons.toArray()));
    Object[] texts = fields.stream().map(field -> utf8(text(record, field))).toArray();
    values.add(new GenericInternalRow(texts));
    return new GenericInternalRow(values.toArray());
  }

  private Object value(String field, String text) {
    if (isNull(text) && (text == null || column(field).isPresent())) {
      return null;
    }
    UTF8String read = utf8(text);
    Optional<ColumnDef> column = column(field);
    return column.isPresent() ? TextReader.of(column.get()).read(read) : read;
  }

  private boolean isNull(String text) {
    return text == null || nullValues.contains(text);
  }

  private static InternalRow reason(ColumnDef column, String text) {
    String words = ReasonWords.notOfType(column);
    return new GenericInternalRow(
        Stream.of(column.name(), "type", words, text).map(Parsed::utf8).toArray());
  }

  private DataType type(String field) {
    return column(field).map(GivenFields::type).orElse(DataTypes.StringType);
  }

  private Optional<ColumnDef> column(String field) {
    return table.sourceColumns().stream()
        .filter(c -> c.expr().isEmpty() && c.name().equals(field))
        .findFirst();
  }

  private static UTF8String utf8(String text) {
    return text == null ? null : UTF8String.fromString(text);
  }
}
