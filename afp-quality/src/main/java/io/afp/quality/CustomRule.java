package io.afp.quality;

import io.afp.core.definition.CheckDef.Custom;
import io.afp.core.definition.TableDef;
import io.afp.core.spi.Check;
import io.afp.core.spi.Check.Asked;
import io.afp.core.spi.UserClass;
import java.util.Optional;
import org.apache.spark.sql.Column;

/** What a class says of rows. */
record CustomRule(TableDef table, Optional<String> column, Custom rule) {

  /**
   * Whether a row obeys.
   *
   * @throws IllegalArgumentException with what is wrong with the class
   */
  Column holds() {
    try {
      Column holds =
          UserClass.create(rule.type(), Check.class)
              .holds(new Asked(table, column, rule.arguments()));
      if (holds == null) {
        throw new IllegalArgumentException("class %s gives no condition".formatted(rule.type()));
      }
      return holds;
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (Exception | LinkageError e) {
      throw new IllegalArgumentException("class %s failed: %s".formatted(rule.type(), e), e);
    }
  }
}
