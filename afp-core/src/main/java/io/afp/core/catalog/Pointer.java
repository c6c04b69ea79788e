package io.afp.core.catalog;

/**
 * Where the metadata of a table or view lies.
 *
 * @param namespace the namespace as Iceberg stores it
 * @param metadataLocation the address of the metadata file
 */
public record Pointer(String namespace, String name, String metadataLocation) {}
