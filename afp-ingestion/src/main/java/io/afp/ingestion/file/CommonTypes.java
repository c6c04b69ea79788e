package io.afp.ingestion.file;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.when;

import io.afp.ingestion.file.Layout.Field;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The type of fields that have different ones in different files: one that loses nothing. */
final class CommonTypes {

  /** Each holds all values of those before it. */
  private static final List<DataType> WHOLE =
      List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

  /** Up to here, a double has every whole number. */
  private static final double EXACT = 1L << 53;

  private CommonTypes() {}

  /** The fields whose type differs, with the type in which all are given. */
  static Map<String, DataType> of(List<Layout> layouts) {
    Map<String, Set<DataType>> types = new HashMap<>();
    for (Layout layout : layouts) {
      for (Field field : layout.fields()) {
        types.computeIfAbsent(field.name(), name -> new LinkedHashSet<>()).add(field.type());
      }
    }
    Map<String, DataType> common = new HashMap<>();
    types.forEach(
        (name, all) -> {
          if (all.size() > 1) {
            common.put(name, common(all));
          }
        });
    return common;
  }

  private static DataType common(Set<DataType> types) {
    return WHOLE.containsAll(types)
        ? types.stream().reduce((a, b) -> WHOLE.indexOf(a) < WHOLE.indexOf(b) ? b : a).orElseThrow()
        : DataTypes.StringType;
  }

  /**
   * A value in the type that all have. A fraction that is a whole number becomes the text of one:
   * programs write whole numbers so where some are missing.
   */
  static Column cast(Column value, DataType from, DataType to) {
    boolean fraction = from.equals(DataTypes.DoubleType) || from.equals(DataTypes.FloatType);
    if (!fraction || !to.equals(DataTypes.StringType)) {
      return value.cast(to);
    }
    Column whole = value.cast(DataTypes.LongType);
    Column isWhole = abs(value).leq(EXACT).and(value.equalTo(whole));
    return when(isWhole, whole.cast(to)).otherwise(value.cast(to));
  }
}
