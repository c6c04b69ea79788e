package io.afp.core.catalog;

import io.afp.core.definition.TableName;

/**
 * Where the metadata of a table or view lies.
 *
 * @param namespace the namespace as Iceberg stores it
 * @param metadataLocation the address of the metadata file
 */
public record Pointer(String namespace, String name, String metadataLocation) {

  /** The table that it is of. */
  public TableName table() {
    return new TableName(namespace, name);
  }
}
