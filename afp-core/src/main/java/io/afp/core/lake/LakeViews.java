package io.afp.core.lake;

import io.afp.core.catalog.Branches;
import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ModelDef;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.ViewCatalog;
import org.apache.iceberg.spark.source.SparkView;
import org.apache.spark.sql.SparkSession;

/** The views of a session's branch. */
public final class LakeViews {

  private final LakeTables tables;
  private final ViewCatalog catalog;

  public LakeViews(SparkSession session) {
    this.tables = new LakeTables(session);
    this.catalog = (ViewCatalog) LakeSession.icebergCatalog(session);
  }

  /**
   * Makes a view, or makes it again. Its state is a new one each time, also with the same query, so
   * that the release has it and it is served again. Its query gives the declared columns.
   *
   * @param properties say which run makes it
   * @throws AfpException MODE_CHANGED if a table has the name
   */
  public void make(TableDef definition, Map<String, String> properties) {
    requireNoTable(definition);
    ModelDef.Query model = (ModelDef.Query) definition.model().orElseThrow();
    Namespace namespace = Namespace.of(definition.name().namespace());
    tables.createNamespace(definition.name().namespace());
    catalog
        .buildView(LakeTables.identifier(definition.name()))
        .withSchema(IcebergTypes.schema(definition.columns()))
        .withQuery("spark", model.withoutEnd())
        .withDefaultCatalog(Branches.MAIN)
        .withDefaultNamespace(namespace)
        .withProperty("comment", definition.description().orElse(""))
        .withProperty(SparkView.QUERY_COLUMN_NAMES, columns(definition))
        .withProperties(properties)
        .createOrReplace();
  }

  private static String columns(TableDef definition) {
    return definition.columns().stream().map(ColumnDef::name).collect(Collectors.joining(","));
  }

  /**
   * A table has rows, and a view in its place would hide them.
   *
   * @throws AfpException MODE_CHANGED if there is a table with the name of the view
   */
  private void requireNoTable(TableDef definition) {
    if (tables.find(definition.name()).isPresent()) {
      throw changed(definition, "make view", "it is a table");
    }
  }

  /**
   * A view shows what others read, and a table in its place would be another thing.
   *
   * @throws AfpException MODE_CHANGED if there is a view with the name of the table
   */
  static void requireNone(TableDef definition, LakeTables tables) {
    if (tables.isView(definition.name())) {
      throw changed(definition, "write table", "it is a view");
    }
  }

  private static AfpException changed(TableDef definition, String action, String why) {
    return AfpException.at(
        Location.file(definition.file()),
        ErrorCode.MODE_CHANGED,
        "Cannot %s %s: %s (mode=%s)"
            .formatted(action, definition.name(), why, definition.write().mode().word()),
        "Give it another name, or let it take the place of the other, which older releases still have: afp run … --full-refresh --select "
            + definition.name());
  }
}
