package io.afp.core.lake;

import io.afp.core.catalog.Pointer;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.catalog.ViewCatalog;
import org.apache.iceberg.io.FileIO;
import org.apache.spark.sql.SparkSession;

/**
 * Takes tables of a branch back to earlier states, or takes old states out of them.
 *
 * <p>Going back is a new commit that shows the old snapshot, schema and partitioning, and never an
 * old pointer: incremental readers of the table go on from it.
 */
public final class TableStates {

  private final FileIO io;

  public TableStates(FileIO io) {
    this.io = io;
  }

  /**
   * What readers of a table see.
   *
   * @param uuid of the table; empty for a view
   * @param snapshot that is current; -1 for a table without any, and for a view
   * @param rows of that snapshot; -1 where it does not say
   */
  public record State(
      Pointer pointer, Optional<String> uuid, long snapshot, int schema, long rows) {

    /** Whether both show the same rows and columns of the same table. */
    public boolean shows(State other) {
      boolean same = uuid.isPresent() && uuid.equals(other.uuid);
      return pointer.equals(other.pointer)
          || same && snapshot == other.snapshot && schema == other.schema;
    }
  }

  /** The state behind a pointer. */
  public State read(Pointer pointer) {
    Optional<TableMetadata> table = Metadata.read(io, pointer.metadataLocation()).table();
    return table
        .map(
            t ->
                new State(
                    pointer,
                    Optional.of(t.uuid()),
                    Metadata.currentSnapshot(t),
                    t.currentSchemaId(),
                    rows(t.currentSnapshot())))
        .orElse(new State(pointer, Optional.empty(), -1, -1, -1));
  }

  private static long rows(Snapshot snapshot) {
    return snapshot == null
        ? 0
        : Long.parseLong(snapshot.summary().getOrDefault("total-records", "-1"));
  }

  /**
   * Makes a table of the session's branch show an earlier state again. A table that is not there,
   * or is another one of the same name, is registered anew, and so is a view.
   *
   * @throws AfpException UNKNOWN_RELEASE if the snapshot is not in the table any more
   */
  public void restore(SparkSession session, TableName name, State then) {
    LakeTables tables = new LakeTables(session);
    Optional<TableOperations> found = tables.find(name).map(t -> ((BaseTable) t).operations());
    boolean same =
        found.isPresent() && then.uuid().equals(Optional.of(found.get().current().uuid()));
    if (same) {
      TableMetadata now = found.get().current();
      found.get().commit(now, restored(name, now, then));
      return;
    }
    tables.drop(name);
    register(LakeSession.icebergCatalog(session), name, then);
  }

  private static void register(Catalog catalog, TableName name, State then) {
    TableIdentifier identifier = LakeTables.identifier(name);
    String location = then.pointer().metadataLocation();
    if (then.uuid().isPresent()) {
      catalog.registerTable(identifier, location);
    } else {
      ((ViewCatalog) catalog).registerView(identifier, location);
    }
  }

  private TableMetadata restored(TableName name, TableMetadata now, State then) {
    TableMetadata old = Metadata.read(io, then.pointer().metadataLocation()).table().orElseThrow();
    TableMetadata.Builder builder =
        TableMetadata.buildFrom(now)
            .setCurrentSchema(old.currentSchemaId())
            .setDefaultPartitionSpec(old.defaultSpecId())
            .setDefaultSortOrder(old.defaultSortOrderId());
    MergeRecord.restore(old, builder);
    EvolvedColumns.restore(old, builder);
    if (then.snapshot() < 0) {
      return builder.removeRef(SnapshotRef.MAIN_BRANCH).build();
    }
    if (now.snapshot(then.snapshot()) == null) {
      throw new AfpException(
          ErrorCode.UNKNOWN_RELEASE,
          "Cannot restore table %s: its snapshot of that release is gone (snapshot=%d)"
              .formatted(name, then.snapshot()),
          "Choose a newer release: ask `afp releases`.");
    }
    return builder.setBranchSnapshot(then.snapshot(), SnapshotRef.MAIN_BRANCH).build();
  }

  /** Takes a table out of the session's branch; its files stay for the releases that show it. */
  public void drop(SparkSession session, TableName name) {
    new LakeTables(session).drop(name);
  }

  /** The snapshots that a table still has and that none of these states shows. */
  public Set<Long> unneeded(Pointer main, Collection<Pointer> states) {
    Optional<TableMetadata> table = Metadata.read(io, main.metadataLocation()).table();
    if (table.isEmpty()) {
      return Set.of();
    }
    Set<Long> needed =
        table.get().refs().values().stream()
            .map(SnapshotRef::snapshotId)
            .collect(Collectors.toSet());
    states.forEach(state -> needed.add(read(state).snapshot()));
    return table.get().snapshots().stream()
        .map(Snapshot::snapshotId)
        .filter(id -> !needed.contains(id))
        .collect(Collectors.toSet());
  }

  /**
   * Takes snapshots out of a table of the session's branch; the current one must not be among them.
   */
  public void remove(SparkSession session, TableName name, Set<Long> snapshots) {
    TableOperations table =
        ((BaseTable) new LakeTables(session).find(name).orElseThrow()).operations();
    TableMetadata now = table.current();
    List<Snapshot> gone =
        now.snapshots().stream().filter(s -> snapshots.contains(s.snapshotId())).toList();
    table.commit(now, TableMetadata.buildFrom(now).removeSnapshots(gone).build());
  }
}
