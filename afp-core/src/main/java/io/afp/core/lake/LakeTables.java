package io.afp.core.lake;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.LayoutDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
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
   * Brings a table to its declaration: creates it, adds columns, widens types, and lays out what is
   * written from now on.
   *
   * @throws AfpException if the declaration drops or narrows a column or changes the partitioning,
   *     because that would lose data or rewrite it
   */
  public Table ensure(TableDef definition) {
    Table table = find(definition.name()).orElseGet(() -> create(definition));
    requireSafe(definition, table);
    evolve(definition, table);
    TableLayout.evolve(definition, table);
    return table;
  }

  private Table create(TableDef definition) {
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

  private void createNamespace(String name) {
    SupportsNamespaces namespaces = (SupportsNamespaces) catalog;
    Namespace namespace = Namespace.of(name);
    if (!namespaces.namespaceExists(namespace)) {
      try {
        namespaces.createNamespace(namespace);
      } catch (AlreadyExistsException e) {
        // another step of this run made it in between
      }
    }
  }

  private static void requireSafe(TableDef definition, Table table) {
    requireMetadataKept(definition.name().toString(), table.properties());
    if (!"false".equals(table.properties().get(GC))) {
      table.updateProperties().set(GC, "false").commit();
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

  private static void evolve(TableDef definition, Table table) {
    Schema wanted = IcebergTypes.schema(definition.columns());
    requireSamePartitions(definition, table, wanted);
    requireNoColumnLost(definition, table);
    UpdateSchema update = table.updateSchema();
    boolean changed = false;
    for (ColumnDef column : definition.columns()) {
      changed |= evolve(definition, column, table.schema().findField(column.name()), update);
    }
    if (changed) {
      update.commit();
    }
  }

  private static boolean evolve(
      TableDef definition, ColumnDef column, Types.NestedField found, UpdateSchema update) {
    Type wanted = IcebergTypes.type(column.type());
    if (found == null) {
      update.addColumn(column.name(), wanted, column.description().orElse(null));
      return true;
    }
    boolean changed = false;
    if (!found.type().equals(wanted)) {
      requireWider(definition, column, found.type(), wanted);
      update.updateColumn(column.name(), wanted.asPrimitiveType());
      changed = true;
    }
    if (column.description().isPresent() && !column.description().get().equals(found.doc())) {
      update.updateColumnDoc(column.name(), column.description().get());
      changed = true;
    }
    return changed;
  }

  private static void requireWider(TableDef definition, ColumnDef column, Type found, Type wanted) {
    if (!TypeUtil.isPromotionAllowed(found, wanted.asPrimitiveType())) {
      throw conflict(
          definition,
          "column %s can't change its type (from=%s, to=%s)"
              .formatted(column.name(), found, wanted),
          "Keep the type, or add a column of another name.");
    }
  }

  private static void requireNoColumnLost(TableDef definition, Table table) {
    for (Types.NestedField field : table.schema().columns()) {
      if (definition.column(field.name()).isEmpty()) {
        throw conflict(
            definition,
            "column %s is in the table but not declared".formatted(field.name()),
            "Declare it again; a column that is not wanted any more can be declared and left"
                + " null.");
      }
    }
  }

  private static void requireSamePartitions(TableDef definition, Table table, Schema wanted) {
    String declared = fields(IcebergTypes.spec(wanted, definition.partitionBy()));
    String found = fields(table.spec());
    if (!declared.equals(found)) {
      throw conflict(
          definition,
          "its partitioning changed (from=[%s], to=[%s])".formatted(found, declared),
          "Keep partition_by as it was, or define a table of another name.");
    }
  }

  private static String fields(PartitionSpec spec) {
    return String.join(
        ", ",
        spec.fields().stream()
            .map(f -> f.transform() + "(" + spec.schema().findColumnName(f.sourceId()) + ")")
            .toList());
  }

  private static AfpException conflict(TableDef definition, String reason, String fix) {
    return AfpException.at(
        Location.file(definition.file()),
        ErrorCode.SCHEMA_CONFLICT,
        "Cannot bring table %s to its declaration: %s".formatted(definition.name(), reason),
        fix);
  }

  static TableIdentifier identifier(TableName name) {
    return TableIdentifier.of(name.namespace(), name.name());
  }
}
