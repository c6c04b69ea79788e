package io.afp.quality;

import io.afp.core.definition.CheckDef.Custom;
import io.afp.core.definition.TableDef;
import io.afp.core.spi.Check;
import io.afp.core.spi.Check.Asked;
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
      Column holds = check().holds(new Asked(table, column, rule.arguments()));
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

  private Check check() {
    try {
      return Class.forName(rule.type(), true, loader())
          .asSubclass(Check.class)
          .getConstructor()
          .newInstance();
    } catch (ClassNotFoundException e) {
      throw refused("is not on the class path", e);
    } catch (ClassCastException e) {
      throw refused("does not implement " + Check.class.getName(), e);
    } catch (ReflectiveOperationException e) {
      throw refused("has no public constructor without arguments that works", e);
    }
  }

  private IllegalArgumentException refused(String why, Exception cause) {
    return new IllegalArgumentException("class %s %s".formatted(rule.type(), why), cause);
  }

  /** Under spark-submit the jar of the user is with the loader of the thread. */
  private static ClassLoader loader() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return ofThread == null ? CustomRule.class.getClassLoader() : ofThread;
  }
}
