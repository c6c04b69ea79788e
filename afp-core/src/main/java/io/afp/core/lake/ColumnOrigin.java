package io.afp.core.lake;

import io.afp.core.definition.TableName;

/**
 * A column of a table that the values of another column are made of.
 *
 * @param unchanged whether they are its values as they are
 */
public record ColumnOrigin(TableName table, String column, boolean unchanged) {

  ColumnOrigin changed() {
    return new ColumnOrigin(table, column, false);
  }
}
