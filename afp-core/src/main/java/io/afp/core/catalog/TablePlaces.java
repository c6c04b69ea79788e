package io.afp.core.catalog;

import io.afp.core.definition.TableName;
import io.afp.core.ledger.Database;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Where the files of tables lie, by their pointers alone. */
public final class TablePlaces {

  private static final String METADATA = "/metadata/";

  private final Database database;

  public TablePlaces(Database database) {
    this.database = database;
  }

  /**
   * The location of each of these tables and views, without those that are not there.
   *
   * @param catalog {@code lake}, or that of a branch
   */
  public Map<TableName, String> of(String catalog, Collection<TableName> tables) {
    Map<TableName, String> places = new HashMap<>();
    database
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT table_namespace AS namespace, table_name AS name, metadata_location FROM iceberg_tables
                         WHERE catalog_name = :catalog AND table_namespace || '.' || table_name = ANY(:tables)
                        """)
                    .bind("catalog", catalog)
                    .bind("tables", tables.stream().map(TableName::toString).toArray(String[]::new))
                    .map(ConstructorMapper.of(Pointer.class))
                    .list())
        .forEach(pointer -> places.put(pointer.table(), location(pointer.metadataLocation())));
    return places;
  }

  private static String location(String metadata) {
    int end = metadata.lastIndexOf(METADATA);
    return end < 0 ? metadata : metadata.substring(0, end);
  }
}
