package io.afp.core.lake;

import io.afp.core.catalog.Pointer;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the tables that a branch changed may lie.
 *
 * <p>{@link FileSweep} searches the folder of a table for files that nothing needs, so nobody else
 * may keep files there. The catalog puts a new table into a folder below the warehouse whose name
 * was never used; an explicit LOCATION does not, and neither do other engines. A table that was
 * there before stays where it is.
 */
public final class OwnFolders {

  /** What {@code unique-table-location} ends with. */
  private static final Pattern UNIQUE = Pattern.compile(".*-[0-9a-f]{32}/");

  private final String warehouse;
  private final List<String> before;

  /**
   * The rule for one branch.
   *
   * @param before the pointers of the tables before the branch changed them
   */
  public OwnFolders(String warehouse, Collection<Pointer> before) {
    this.warehouse = Metadata.home(warehouse.replaceFirst("/+$", ""));
    this.before = before.stream().map(p -> ReachedFiles.normal(p.metadataLocation())).toList();
  }

  void require(Pointer table, String home) {
    boolean unique = home.startsWith(warehouse) && UNIQUE.matcher(home).matches();
    if (!unique && before.stream().noneMatch(location -> location.startsWith(home))) {
      throw new AfpException(
          ErrorCode.LOCATION_REFUSED,
          "Cannot publish table %s.%s: its folder may hold files of others, which a clean would delete (location=%s)"
              .formatted(table.namespace(), table.name(), home),
          "Create the table by CREATE TABLE without LOCATION; it gets a folder of its own below "
              + warehouse);
    }
  }
}
