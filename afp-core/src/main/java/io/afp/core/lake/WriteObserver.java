package io.afp.core.lake;

import io.afp.core.definition.TableDef;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/** Says what is measured in the pass that writes a table. */
public interface WriteObserver {

  /**
   * What to measure for a table; may be empty. An expression that can't be resolved over the
   * columns would fail the write, so an implementation leaves such rules out; one that fails for a
   * row does not.
   */
  List<Measure> observe(TableDef table, StructType schema);

  /**
   * Which rows are kept out of a table; may be empty. The same holds for its expressions: a row for
   * which one of them fails is not kept out by it.
   */
  default List<RowGuard> guards(TableDef table, StructType schema) {
    return List.of();
  }
}
