package io.afp.core.lake;

import io.afp.core.catalog.Branches;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

  /** The option that names what is not in the configuration. */
  static final String SECRETS = "secrets";

  @Override
  protected Catalog buildIcebergCatalog(String name, CaseInsensitiveStringMap options) {
    String branch = options.get(BRANCH);
    return super.buildIcebergCatalog(
        branch == null ? Branches.MAIN : Branches.catalogName(branch), withSecrets(options));
  }

  private static CaseInsensitiveStringMap withSecrets(CaseInsensitiveStringMap options) {
    Map<String, String> all = new HashMap<>(options.asCaseSensitiveMap());
    Optional.ofNullable(all.remove(SECRETS)).map(CatalogSecrets::find).ifPresent(all::putAll);
    return new CaseInsensitiveStringMap(all);
  }
}
