package io.afp.core.lake;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Column;

/**
 * One way in which a row can break the contract.
 *
 * @param column the column, or empty for the row as a whole
 * @param reason its code
 * @param when whether a row breaks it; never null
 * @param words what is wrong, in words that the value follows
 * @param value the value as text, as it may be written
 */
record Breach(String column, String reason, Column when, String words, Column value) {

  /** What the rejects keep of it: column, reason, value and message. */
  Column told() {
    return struct(
        lit(column).as("column"),
        lit(reason).as("reason"),
        value.as("value"),
        ReasonWords.sentence(words, value).as("message"));
  }
}
