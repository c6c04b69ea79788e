package io.afp.core.spi;

import io.afp.core.definition.TableDef;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * A rule of one's own about single rows. The check names the class: {@code custom: com.acme.Vat},
 * under a column or under the table; it is measured in the write as all others are, and takes
 * {@code where}, {@code at_least}, {@code quarantine} and so on.
 *
 * <p>A check is public and has a public constructor without arguments. It is made anew each time it
 * is asked, and keeps nothing.
 */
public interface Check {

  /**
   * Whether a row obeys, as an expression over its columns; a row for which it is null is not
   * judged. It depends on nothing but the row, and has no subquery, window or aggregate. If it
   * throws, or can't be resolved, the check is broken and the write goes on.
   */
  Column holds(Asked asked) throws Exception;

  /**
   * What is asked.
   *
   * @param column the column of the check; empty for a check of the table
   * @param arguments as they are declared
   */
  record Asked(TableDef table, Optional<String> column, Map<String, String> arguments) {

    public Asked {
      arguments = Map.copyOf(arguments);
    }
  }
}
