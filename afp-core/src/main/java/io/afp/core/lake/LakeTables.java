package io.afp.core.lake;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.LayoutDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.catalog.ViewCatalog;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.spark.sql.SparkSession;

/** The tables of a session's branch. */
public final class LakeTables {

  private static final String DELETE_AFTER_COMMIT = "write.metadata.delete-after-commit.enabled";
  private static final String GC = "gc.enabled";

  /**
   * What AFP sets on every table: branches and releases share files that Iceberg thinks are its
   * own.
   */
  private static final Map<String, String> PROPERTIES =
      Map.of("format-version", "2", GC, "false", DELETE_AFTER_COMMIT, "false");

  /** A change of rows writes whole files, because what changed is read from these. */
  private static final Set<String> ROW_CHANGES =
      Set.of("write.delete.mode", "write.update.mode", "write.merge.mode");

  private final Catalog catalog;

  public LakeTables(SparkSession session) {
    this.catalog = LakeSession.icebergCatalog(session);
  }

  /** The table with this name; empty when the branch has none. */
  public Optional<Table> find(TableName name) {
    try {
      return Optional.of(catalog.loadTable(identifier(name)));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  /**
   * A table that has the columns and partitions of its declaration.
   *
   * @param changes what was changed for that, in words
   * @param narrowed whether it has lost columns
   */
  public record Ensured(Table table, List<String> changes, boolean narrowed) {}

  /**
   * Brings a table to its declaration: creates it, or changes its columns as {@code
   * on_schema_change} says.
   *
   * @throws AfpException with one problem for each difference that must not be mended
   */
  public Ensured ensure(TableDef definition) {
    Table table = find(definition.name()).orElseGet(() -> create(definition));
    makeSafe(definition.name(), table);
    MergeRecord.keep(definition, table, () -> isEmpty(definition.name()));
    Ensured ensured = change(definition, table).mend(definition);
    TableLayout.evolve(definition, table);
    return ensured;
  }

  /** The definition with what the source brought before, as far as {@code drift} keeps it. */
  public TableDef evolved(TableDef definition) {
    return definition.drift().evolves()
        ? find(definition.name())
            .map(table -> EvolvedColumns.added(definition, table))
            .orElse(definition)
        : definition;
  }

  /**
   * Gives a table the columns that its source brought, and remembers which these are.
   *
   * @param evolved the definition with these columns
   */
  public void evolve(TableDef definition, TableDef evolved) {
    Set<ColumnDef> declared = Set.copyOf(definition.columns());
    Set<String> brought =
        evolved.columns().stream()
            .filter(column -> !declared.contains(column))
            .map(ColumnDef::name)
            .collect(Collectors.toSet());
    boolean forgets =
        find(definition.name()).filter(t -> !EvolvedColumns.recorded(t).isEmpty()).isPresent();
    if (!brought.isEmpty() || forgets) {
      EvolvedColumns.record(ensure(evolved).table(), brought);
    }
  }

  /** Whether neither the table nor what was observed for it has a row. */
  private boolean isEmpty(TableName name) {
    return Stream.of(name, name.observed())
        .flatMap(n -> find(n).stream())
        .allMatch(LakeTables::isEmpty);
  }

  /** Whether the table has no row. */
  static boolean isEmpty(Table table) {
    Snapshot snapshot = table.currentSnapshot();
    return snapshot == null
        || "0".equals(snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
  }

  /** What brings a table to its declaration. */
  static SchemaChange change(TableDef definition, Table table) {
    Schema wanted = IcebergTypes.schema(definition.columns());
    PartitionSpec spec = IcebergTypes.spec(wanted, definition.partitionBy());
    Set<String> kept = EvolvedColumns.kept(definition, table);
    return new SchemaChange(definition.name(), table, wanted, spec, kept);
  }

  /** Takes a table or a view out of the branch; its files stay for the releases that show it. */
  void drop(TableName name) {
    if (!catalog.dropTable(identifier(name), false)) {
      ((ViewCatalog) catalog).dropView(identifier(name));
    }
  }

  boolean isView(TableName name) {
    return ((ViewCatalog) catalog).viewExists(identifier(name));
  }

  private Table create(TableDef definition) {
    LakeViews.requireNone(definition, this);
    Schema schema = IcebergTypes.schema(definition.columns());
    PartitionSpec spec = IcebergTypes.spec(schema, definition.partitionBy());
    return builder(definition.name(), schema, spec)
        .withProperties(TableLayout.properties(definition.layout()))
        .withSortOrder(TableLayout.order(schema, definition.sortBy()))
        .create();
  }

  /** Creates a table with AFP's properties and layout, and its namespace if there is none. */
  Table create(TableName name, Schema schema, PartitionSpec spec) {
    return builder(name, schema, spec)
        .withProperties(TableLayout.properties(LayoutDef.STANDARD))
        .create();
  }

  private Catalog.TableBuilder builder(TableName name, Schema schema, PartitionSpec spec) {
    createNamespace(name.namespace());
    return catalog
        .buildTable(identifier(name), schema)
        .withPartitionSpec(spec)
        .withProperties(PROPERTIES);
  }

  void createNamespace(String name) {
    SupportsNamespaces namespaces = (SupportsNamespaces) catalog;
    Namespace namespace = Namespace.of(name);
    synchronized (LakeTables.class) { // steps side by side may want the same one
      if (!namespaces.namespaceExists(namespace)) {
        namespaces.createNamespace(namespace);
      }
    }
  }

  /** Somebody may have set properties by hand that AFP can't work with. */
  static void makeSafe(TableName name, Table table) {
    Map<String, String> found = table.properties();
    requireMetadataKept(name.toString(), found);
    UpdateProperties update = table.updateProperties();
    if (!"false".equals(found.get(GC))) {
      update.set(GC, "false");
    }
    ROW_CHANGES.stream().filter(found::containsKey).forEach(update::remove);
    if (!update.apply().equals(found)) {
      update.commit();
    }
  }

  static void requireMetadataKept(String table, Map<String, String> properties) {
    if (Boolean.parseBoolean(properties.get(DELETE_AFTER_COMMIT))) {
      throw new AfpException(
          ErrorCode.UNSAFE_PROPERTY,
          "Cannot use table %s: a property makes commits delete metadata that branches and releases need (%s=true)"
              .formatted(table, DELETE_AFTER_COMMIT),
          "Unset the property: ALTER TABLE %s UNSET TBLPROPERTIES ('%s')."
              .formatted(table, DELETE_AFTER_COMMIT));
    }
  }

  static TableIdentifier identifier(TableName name) {
    return TableIdentifier.of(name.namespace(), name.name());
  }
}
