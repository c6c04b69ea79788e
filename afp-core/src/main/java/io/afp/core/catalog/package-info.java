/**
 * Branches of the catalog, publish and releases: plain SQL on the rows of Iceberg's JDBC catalog.
 * Knows no Spark.
 *
 * <p>A branch is the same rows under the catalog name {@code lake@<branch>}; see {@code
 * docs/decisions}.
 */
package io.afp.core.catalog;
