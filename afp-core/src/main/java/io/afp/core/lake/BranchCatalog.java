package io.afp.core.lake;

import io.afp.core.catalog.Branches;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Iceberg's Spark catalog on a branch of AFP's catalog.
 *
 * <p>Tables keep their plain names; only the name under which Iceberg stores its rows says which
 * branch they belong to. Without the option {@code branch} it is main.
 */
public class BranchCatalog extends SparkCatalog {

  /** The option that names the branch. */
  static final String BRANCH = "branch";

  @Override
  protected Catalog buildIcebergCatalog(String name, CaseInsensitiveStringMap options) {
    String branch = options.get(BRANCH);
    return super.buildIcebergCatalog(
        branch == null ? Branches.MAIN : Branches.catalogName(branch), options);
  }
}
