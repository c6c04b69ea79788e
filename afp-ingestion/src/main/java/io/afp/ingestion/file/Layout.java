package io.afp.ingestion.file;

import io.afp.core.definition.FieldName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Files that have the same fields.
 *
 * @param fields in the order of the files
 */
record Layout(List<Field> fields, List<String> addresses) {

  Layout {
    fields = List.copyOf(fields);
    addresses = List.copyOf(addresses);
  }

  /** The names of the fields. */
  List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  /**
   * The same with places for the names of fields that are not among these: the names that a file
   * gives may be values, where it came without its header.
   */
  Layout namingOnly(List<String> declared) {
    List<Field> named = new ArrayList<>();
    for (Field field : fields) {
      boolean shown = declared.contains(field.name());
      named.add(shown ? field : new Field(FieldName.ofPlace(named.size()), field.given()));
    }
    return new Layout(named, addresses);
  }

  /** The same where fields have no order, as the keys of objects: the others are counted. */
  Layout countingOthers(List<String> declared) {
    List<Field> named = new ArrayList<>();
    fields.stream().filter(field -> declared.contains(field.name())).forEach(named::add);
    int others = fields.size() - named.size();
    IntStream.range(0, others).mapToObj(i -> Field.text(FieldName.ofPlace(i))).forEach(named::add);
    return new Layout(named, addresses);
  }

  /** The fields with the types in which their values are given. */
  StructType schema() {
    StructField[] schema =
        fields.stream()
            .map(f -> new StructField(f.name(), f.type(), true, Metadata.empty()))
            .toArray(StructField[]::new);
    return new StructType(schema);
  }

  /** The same of those files that are among some. */
  Layout of(Set<String> some) {
    return new Layout(fields, addresses.stream().filter(some::contains).toList());
  }

  /** The same with all of these fields. */
  Layout withAll(List<String> names) {
    List<Field> all = new ArrayList<>(fields);
    Set<String> has = Set.copyOf(names());
    names.stream().filter(name -> !has.contains(name)).map(Field::text).forEach(all::add);
    return new Layout(all, addresses);
  }

  /**
   * A field of a file.
   *
   * @param name as it is compared with the declared ones
   * @param given as the file has it
   */
  record Field(String name, StructField given) {

    static Field text(String name) {
      return new Field(name, new StructField(name, DataTypes.StringType, true, Metadata.empty()));
    }

    /** The type in which its values are given; a text where the file has no types. */
    DataType type() {
      return TypedReader.typeOf(given.dataType());
    }
  }
}
