package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.DefinitionHash;
import io.afp.core.definition.Pii;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What is written in place of personal values: in the table, in the rejects, in reasons.
 *
 * @param hash empty where no column is hashed
 */
record Protection(TableDef table, Optional<KeyedHash> hash) {

  /**
   * The protection of a table.
   *
   * @throws AfpException if a column is to be hashed, and there is no key
   */
  Protection {
    if (table.hashesValues() && hash.isEmpty()) {
      throw keyMissing(table);
    }
  }

  /** The failure of a table with hashed columns where the settings have no key. */
  static AfpException keyMissing(TableDef table) {
    return AfpException.at(
        Location.file(table.file()),
        ErrorCode.PII_KEY_MISSING,
        "Cannot hash columns of %s: there is no key (setting=pii.key)".formatted(table.name()),
        "Write pii: { key: \"${env:AFP_PII_KEY}\" } in afp.yaml, and define the variable.");
  }

  /** What is written in place of a value, a text; of null it is null. */
  Column of(ColumnDef column, Column value) {
    return switch (column.protection()) {
      case HASH -> hash.orElseThrow().of(value.cast("string"));
      case MASK, DROP -> masked(value);
      default -> value;
    };
  }

  /** The same of a field that may hold what is written in place of its value. */
  Column ofField(GivenFields given, ColumnDef column, Column field) {
    Column written = of(column, field);
    return given.mayBeProtected(column)
        ? when(col(RawRows.PROTECTED), field).otherwise(written)
        : written;
  }

  /**
   * What the values in place of those that are kept out of records follow from, beside these: the
   * rules, and the key. Empty where nothing is kept out.
   */
  Optional<String> fingerprint() {
    if (!table.keepsValuesOut()) {
      return Optional.empty();
    }
    String rules = DefinitionHash.ofProtection(table);
    return Optional.of(
        table.hashesValues()
            ? hash.orElseThrow().hex(UTF8String.fromString(rules)).toString()
            : rules);
  }

  /**
   * Text that nobody has declared. Where a column of the table is kept out, it may hold the values
   * of that column too.
   */
  Column undeclared(Column text) {
    return table.keepsValuesOut() ? masked(text) : text;
  }

  private static Column masked(Column value) {
    return when(value.isNotNull(), lit(Pii.HIDDEN));
  }
}
