package io.afp.core.lake;

import io.afp.core.definition.TextSchema;
import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Whether a text obeys a JSON Schema, as a column; null of null.
 *
 * <p>It is public with its method because code that Spark generates calls it.
 */
public final class SchemaForm implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String schema;
  private transient TextSchema read;

  private SchemaForm(String schema) {
    this.schema = schema;
  }

  /** Whether a text obeys a schema. */
  public static Column fits(Column text, String schema) {
    return Native.call(new SchemaForm(schema), "fits", text, DataTypes.BooleanType);
  }

  /** Whether a text obeys the schema, which is read once in each task. */
  public Boolean fits(UTF8String text) {
    if (read == null) {
      read = TextSchema.of(schema);
    }
    return read.fits(text.toString());
  }

  /** What plans show. */
  @Override
  public String toString() {
    return "json_schema";
  }
}
