package io.afp.core.lake;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.Pii;
import io.afp.core.definition.TableDef;
import org.apache.spark.sql.Column;

/**
 * What is wrong with fields by the word of the source that parsed them: {@link RawRows#REASONS}.
 */
record ParsersReasons(TableDef table) {

  /** Whether there is something. */
  static Column any() {
    return coalesce(size(col(RawRows.REASONS)).gt(0), lit(false));
  }

  /** Its reasons as they are kept, and those of other columns that the contract found. */
  Column with(Column ofContract) {
    Column others =
        filter(
            ofContract,
            r ->
                not(
                    coalesce(
                        exists(
                            col(RawRows.REASONS),
                            p -> p.getField("column").equalTo(r.getField("column"))),
                        lit(false))));
    return concat(coalesce(transform(col(RawRows.REASONS), this::told), array()), others);
  }

  private Column told(Column reason) {
    Column value =
        when(reason.getField("column").isin(keptOut()), Pii.HIDDEN)
            .otherwise(reason.getField("value"));
    return struct(
        reason.getField("column").as("column"),
        reason.getField("reason").as("reason"),
        value.as("value"),
        ReasonWords.sentence(reason.getField("words"), value).as("message"));
  }

  private Object[] keptOut() {
    return table.sourceColumns().stream()
        .filter(column -> column.protection().isKeptOut())
        .map(ColumnDef::name)
        .toArray();
  }
}
