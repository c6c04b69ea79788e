package io.afp.core.catalog;

import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.Database;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Named copies of the catalog's pointers.
 *
 * <p>A branch name belongs to one attempt and is never used again: the row of a branch stays for
 * ever, and its state says who may still do what. Only an {@code open} branch takes commits; a
 * trigger in the database holds that.
 */
public final class Branches {

  /** The catalog that everybody reads. */
  public static final String MAIN = "lake";

  private static final String BRANCHES =
      """
      SELECT %s FROM iceberg_tables JOIN (SELECT name AS branch, state FROM afp.branch) b ON catalog_name = 'lake@' || branch AND state <> 'read'
       WHERE branch <> ALL(:without)
      UNION SELECT %s FROM afp.branch_base WHERE branch <> ALL(:without)
      """;

  private static final String READ =
      """
      SELECT %s FROM iceberg_tables JOIN (SELECT name AS branch, state FROM afp.branch) b ON catalog_name = 'lake@' || branch AND state = 'read'
       WHERE branch <> ALL(:without)
      """;

  private final Database database;

  public Branches(Database database) {
    this.database = database;
  }

  /** The name of the branch on which work of no run is done: another one for each id. */
  public static String nameOf(String kind, UUID id) {
    return kind + "_" + id.toString().replace("-", "");
  }

  /** The name under which a branch is a catalog of its own. */
  public static String catalogName(String branch) {
    return MAIN + "@" + branch;
  }

  /**
   * Creates an open branch as a copy of main, all from one state of the database.
   *
   * @throws AfpException if the name was used before
   */
  public void create(String branch) {
    database.inSnapshot(
        handle -> {
          insertBranch(handle, branch);
          handle
              .createUpdate(
                  """
                  INSERT INTO afp.branch_base (branch, table_namespace, table_name, iceberg_type, metadata_location)
                  SELECT :branch, table_namespace, table_name, iceberg_type, metadata_location
                    FROM iceberg_tables WHERE catalog_name = 'lake'
                  """)
              .bind("branch", branch)
              .execute();
          copyPointers(handle, branch);
          return copyNamespaces(handle, branch);
        });
  }

  private static void insertBranch(Handle handle, String branch) {
    int inserted =
        handle
            .createUpdate(
                "INSERT INTO afp.branch (name, state) VALUES (:branch, 'open') ON CONFLICT DO NOTHING")
            .bind("branch", branch)
            .execute();
    if (inserted == 0) {
      throw new AfpException(
          ErrorCode.BRANCH_NOT_OPEN,
          "Cannot create branch: the name was used before (branch=%s)".formatted(branch),
          "Use another name; a branch name is never used twice.");
    }
  }

  private static void copyPointers(Handle handle, String branch) {
    handle
        .createUpdate(
            """
            INSERT INTO iceberg_tables
              (catalog_name, table_namespace, table_name, metadata_location, previous_metadata_location, iceberg_type)
            SELECT 'lake@' || :branch, table_namespace, table_name, metadata_location, previous_metadata_location, iceberg_type
              FROM iceberg_tables WHERE catalog_name = 'lake'
            """)
        .bind("branch", branch)
        .execute();
  }

  private static int copyNamespaces(Handle handle, String branch) {
    return handle
        .createUpdate(
            """
            INSERT INTO iceberg_namespace_properties (catalog_name, namespace, property_key, property_value)
            SELECT 'lake@' || :branch, namespace, property_key, property_value
              FROM iceberg_namespace_properties WHERE catalog_name = 'lake'
            """)
        .bind("branch", branch)
        .execute();
  }

  /**
   * Creates a branch that shows the tables as a release left them, for reading only.
   *
   * @throws AfpException if there is no such release
   */
  public void createAsOf(String branch, long release) {
    database.inSnapshot(
        handle -> {
          ReleaseHistory.requireReadable(handle, release);
          insertBranch(handle, branch);
          handle
              .createUpdate(
                  """
                  INSERT INTO iceberg_tables
                    (catalog_name, table_namespace, table_name, metadata_location, previous_metadata_location, iceberg_type)
                  SELECT 'lake@' || :branch, table_namespace, table_name, new_location, previous_location, iceberg_type
                    FROM (%s) t WHERE new_location IS NOT NULL
                  """
                      .formatted(ReleaseHistory.AS_OF))
              .bind("branch", branch)
              .bind("release", release)
              .execute();
          copyNamespaces(handle, branch);
          return handle
              .createUpdate("UPDATE afp.branch SET state = 'read' WHERE name = :branch")
              .bind("branch", branch)
              .execute();
        });
  }

  /** The state of a branch; empty when there never was one of this name. */
  public Optional<String> state(String branch) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("SELECT state FROM afp.branch WHERE name = :branch")
                .bind("branch", branch)
                .mapTo(String.class)
                .findOne());
  }

  /**
   * Says that the branch depends on these tables: publish is refused if main has moved one of them
   * meanwhile. Steps do this side by side, so the rows are locked in the order of the names.
   */
  public void markRead(String branch, Collection<TableName> tables) {
    database.useTransaction(
        handle -> {
          for (TableName table : new TreeSet<>(tables)) {
            handle
                .createUpdate(
                    """
                    UPDATE afp.branch_base SET must_hold = true
                     WHERE branch = :branch AND table_namespace = :namespace AND table_name = :name AND NOT must_hold
                    """)
                .bind("branch", branch)
                .bind("namespace", table.namespace())
                .bind("name", table.name())
                .execute();
          }
        });
  }

  /**
   * Stops all commits to a branch, for good, and waits for one that is under way: only the strong
   * lock does. Nothing happens to a branch that is not open.
   */
  public void fence(String branch) {
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE afp.branch SET state = 'fenced'
                     WHERE name = (SELECT name FROM afp.branch WHERE name = :branch AND state = 'open' FOR UPDATE)
                    """)
                .bind("branch", branch)
                .execute());
  }

  /**
   * The tables whose pointer differs from the one that the branch started from, with the new
   * pointer.
   */
  public List<Pointer> changed(String branch) {
    return database.inTransaction(handle -> changed(handle, branch));
  }

  private static List<Pointer> changed(Handle handle, String branch) {
    return handle
        .createQuery(
            """
            SELECT t.table_namespace AS namespace, t.table_name AS name, t.metadata_location
              FROM iceberg_tables t
              LEFT JOIN afp.branch_base b ON b.branch = :branch
                AND (b.table_namespace, b.table_name) = (t.table_namespace, t.table_name)
             WHERE t.catalog_name = 'lake@' || :branch AND b.metadata_location IS DISTINCT FROM t.metadata_location
             ORDER BY 1, 2
            """)
        .bind("branch", branch)
        .map(ConstructorMapper.of(Pointer.class))
        .list();
  }

  /** The pointers from which a branch started, of the tables that it changed since. */
  public List<Pointer> before(String branch) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT b.table_namespace AS namespace, b.table_name AS name, b.metadata_location
                      FROM afp.branch_base b
                      JOIN iceberg_tables t ON t.catalog_name = 'lake@' || b.branch
                        AND (t.table_namespace, t.table_name) = (b.table_namespace, b.table_name)
                     WHERE b.branch = :branch AND t.metadata_location <> b.metadata_location
                    """)
                .bind("branch", branch)
                .map(ConstructorMapper.of(Pointer.class))
                .list());
  }

  /**
   * Takes back what an open branch changed in other tables than these: they are as they were when
   * it was created, or gone.
   *
   * @return the pointers that were taken back; what only they reach may be deleted now
   */
  public List<Pointer> takeBack(String branch, Collection<TableName> except) {
    return database.inTransaction(
        handle -> {
          List<Pointer> others =
              changed(handle, branch).stream().filter(p -> !except.contains(p.table())).toList();
          others.forEach(pointer -> takeBack(handle, branch, pointer));
          return others;
        });
  }

  private static void takeBack(Handle handle, String branch, Pointer pointer) {
    for (String sql :
        List.of(
            """
            DELETE FROM iceberg_tables
             WHERE catalog_name = 'lake@' || :branch AND table_namespace = :namespace AND table_name = :name
            """,
            """
            INSERT INTO iceberg_tables (catalog_name, table_namespace, table_name, metadata_location, iceberg_type)
            SELECT 'lake@' || branch, table_namespace, table_name, metadata_location, iceberg_type FROM afp.branch_base
             WHERE branch = :branch AND table_namespace = :namespace AND table_name = :name
            """)) {
      handle
          .createUpdate(sql)
          .bind("branch", branch)
          .bind("namespace", pointer.namespace())
          .bind("name", pointer.name())
          .execute();
    }
  }

  /** Every pointer that must stay readable. */
  public Alive reachable() {
    return reachableWithout(List.of(), List.of());
  }

  /** What must stay readable if these releases and branches are given up. */
  public Alive reachableWithout(List<Long> releases, List<String> branches) {
    return database.inSnapshot(
        handle -> {
          List<Pointer> states = new ArrayList<>(ReleaseHistory.keptStates(handle, releases));
          states.addAll(pointers(handle, READ, branches));
          return new Alive(
              pointers(
                  handle, "SELECT %s FROM iceberg_tables WHERE catalog_name = 'lake'", List.of()),
              pointers(handle, BRANCHES, branches),
              states);
        });
  }

  private static List<Pointer> pointers(Handle handle, String sql, List<String> without) {
    return handle
        .createQuery(
            sql.replace(
                "%s", "table_namespace AS namespace, table_name AS name, metadata_location"))
        .bind("without", without.toArray(String[]::new))
        .map(ConstructorMapper.of(Pointer.class))
        .list();
  }

  /**
   * Drops the rows of a branch that will not be published. Nothing happens to a published or
   * discarded one.
   *
   * @return the pointers that the branch had changed; what only they reach may be deleted now
   */
  public List<Pointer> discard(String branch) {
    return database.inTransaction(
        handle -> {
          handle.execute("SET LOCAL afp.publish = 'on'");
          Optional<String> state =
              handle
                  .createQuery("SELECT state FROM afp.branch WHERE name = :branch FOR UPDATE")
                  .bind("branch", branch)
                  .mapTo(String.class)
                  .findOne();
          boolean droppable = state.filter(List.of("open", "fenced", "read")::contains).isPresent();
          return droppable ? drop(handle, branch, state.get().equals("read")) : List.<Pointer>of();
        });
  }

  private static List<Pointer> drop(Handle handle, String branch, boolean readOnly) {
    List<Pointer> changed = readOnly ? List.of() : changed(handle, branch);
    for (String sql :
        List.of(
            "UPDATE afp.branch SET state = 'discarded' WHERE name = :branch",
            "DELETE FROM iceberg_tables WHERE catalog_name = 'lake@' || :branch",
            "DELETE FROM iceberg_namespace_properties WHERE catalog_name = 'lake@' || :branch",
            "DELETE FROM afp.branch_base WHERE branch = :branch")) {
      handle.createUpdate(sql).bind("branch", branch).execute();
    }
    return changed;
  }

  /**
   * A branch that nobody has ended.
   *
   * @param run empty when it is of no run
   * @param pipeline that of the run
   */
  public record Left(
      String name,
      String state,
      Instant createdAt,
      Optional<UUID> run,
      Optional<String> pipeline) {}

  /** The branches that are neither published nor discarded, oldest first. */
  public List<Left> left() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT b.name, b.state, b.created_at, r.id AS run, r.pipeline
                      FROM afp.branch b LEFT JOIN afp.attempt a ON a.branch = b.name LEFT JOIN afp.run r ON r.id = a.run_id
                     WHERE b.state IN ('open', 'fenced', 'read') ORDER BY b.created_at, b.name
                    """)
                .map(
                    (rs, context) ->
                        new Left(
                            rs.getString("name"),
                            rs.getString("state"),
                            rs.getObject("created_at", OffsetDateTime.class).toInstant(),
                            Optional.ofNullable(rs.getObject("run", UUID.class)),
                            Optional.ofNullable(rs.getString("pipeline"))))
                .list());
  }

  /** All tables and views that a branch (or main, for an empty name) has. */
  public List<TableName> tables(Optional<String> branch) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "SELECT table_namespace || '.' || table_name FROM iceberg_tables WHERE catalog_name = :catalog")
                .bind("catalog", branch.map(Branches::catalogName).orElse(MAIN))
                .mapTo(String.class)
                .stream()
                .filter(Branches::isTableName)
                .map(TableName::parse)
                .toList());
  }

  private static boolean isTableName(String text) {
    String[] parts = text.split("\\.", -1);
    return parts.length == 2
        && TableName.isIdentifier(parts[0])
        && TableName.isIdentifier(parts[1]);
  }
}
