package io.afp.core.lake;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.PartitionField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** AFP's declarations in the words of Iceberg. */
final class IcebergTypes {

  private IcebergTypes() {}

  static Schema schema(List<ColumnDef> columns) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (ColumnDef column : columns) {
      // Nullable even where the contract says required: that rule is judged, with samples, instead
      // of failing the write.
      fields.add(
          Types.NestedField.optional(
              fields.size() + 1,
              column.name(),
              type(column.type()),
              column.description().orElse(null)));
    }
    return new Schema(fields);
  }

  static Type type(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> Types.BooleanType.get();
      case INT -> Types.IntegerType.get();
      case LONG -> Types.LongType.get();
      case FLOAT -> Types.FloatType.get();
      case DOUBLE -> Types.DoubleType.get();
      case DECIMAL -> Types.DecimalType.of(type.precision(), type.scale());
      case STRING -> Types.StringType.get();
      case DATE -> Types.DateType.get();
      case TIMESTAMP -> Types.TimestampType.withZone();
      case TIMESTAMP_NTZ -> Types.TimestampType.withoutZone();
      case BINARY -> Types.BinaryType.get();
    };
  }

  /** The same columns, each of which may be null. */
  static Schema nullable(Schema schema) {
    return new Schema(schema.columns().stream().map(Types.NestedField::asOptional).toList());
  }

  /** The type by the name that definitions have for it; empty where they have none. */
  static Optional<ColumnType> columnType(Type type) {
    return switch (type.typeId()) {
      case TIMESTAMP ->
          ColumnType.parse(
              ((Types.TimestampType) type).shouldAdjustToUTC() ? "timestamp" : "timestamp_ntz");
      case INTEGER -> ColumnType.parse("int");
      default -> ColumnType.parse(type.toString());
    };
  }

  static PartitionSpec spec(Schema schema, List<PartitionField> fields) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    for (PartitionField field : fields) {
      switch (field.transform()) {
        case IDENTITY -> spec.identity(field.column());
        case YEAR -> spec.year(field.column());
        case MONTH -> spec.month(field.column());
        case DAY -> spec.day(field.column());
        case HOUR -> spec.hour(field.column());
        case BUCKET -> spec.bucket(field.column(), field.width());
        case TRUNCATE -> spec.truncate(field.column(), field.width());
      }
    }
    return spec.build();
  }
}
