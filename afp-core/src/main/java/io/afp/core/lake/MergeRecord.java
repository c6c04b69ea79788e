package io.afp.core.lake;

import io.afp.core.definition.TableDef;
import io.afp.core.definition.WriteDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateProperties;

/**
 * What the rows of a table depend on that were merged by key, as a property of the table: a merge
 * in another way would take them for what they are not.
 *
 * <p>It is none for a table that is not merged, so {@code replace} and {@code append} may change
 * places.
 */
final class MergeRecord {

  static final String PROPERTY = "afp.merge";
  private static final String NOT_MERGED = "not merged";

  private MergeRecord() {}

  /**
   * Holds what a table was filled by against its declaration. A table without rows takes over what
   * is declared.
   *
   * @throws AfpException MODE_CHANGED if there are rows, and they were merged in another way
   */
  static void keep(TableDef definition, Table table, BooleanSupplier isEmpty) {
    Optional<String> was = Optional.ofNullable(table.properties().get(PROPERTY));
    Optional<String> now = of(definition);
    if (was.equals(now)) {
      return;
    }
    if (!isEmpty.getAsBoolean()) {
      throw changed(definition, was, now);
    }
    UpdateProperties update = table.updateProperties();
    now.ifPresentOrElse(record -> update.set(PROPERTY, record), () -> update.remove(PROPERTY));
    update.commit();
  }

  /** A table that shows an older state has the record of that one. */
  static void restore(TableMetadata old, TableMetadata.Builder table) {
    String record = old.properties().get(PROPERTY);
    if (record == null) {
      table.removeProperties(Set.of(PROPERTY));
    } else {
      table.setProperties(Map.of(PROPERTY, record));
    }
  }

  private static AfpException changed(
      TableDef definition, Optional<String> was, Optional<String> now) {
    return AfpException.at(
        Location.file(definition.file()),
        ErrorCode.MODE_CHANGED,
        "Cannot write table %s: its rows were merged in another way (was=%s, now=%s)"
            .formatted(definition.name(), was.orElse(NOT_MERGED), now.orElse(NOT_MERGED)),
        "Write key and write as they were, or build the table anew: afp run … --full-refresh --select "
            + definition.name());
  }

  private static Optional<String> of(TableDef table) {
    WriteDef write = table.write();
    if (!write.mode().merges()) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    parts.add(write.mode().word());
    parts.add("key=" + table.key().stream().sorted().toList());
    write.asOf().ifPresent(column -> parts.add("as_of=" + column));
    write.deleteFlag().ifPresent(column -> parts.add("delete_flag=" + column));
    write.intervalColumn().ifPresent(column -> parts.add("interval_column=" + column));
    return Optional.of(String.join(" ", parts));
  }
}
