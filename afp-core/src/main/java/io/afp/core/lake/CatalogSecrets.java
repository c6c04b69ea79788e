package io.afp.core.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the catalogs of this process need and nobody may see.
 *
 * <p>It is not in the configuration of a session: Spark writes that into its event log with each
 * job, and hides there only what the whole application was started with.
 */
final class CatalogSecrets {

  private static final List<Map<String, String>> KEPT = new ArrayList<>();

  private CatalogSecrets() {}

  /** Keeps properties of a catalog; the name by which they are found. */
  static synchronized String keep(Map<String, String> properties) {
    if (!KEPT.contains(properties)) {
      KEPT.add(Map.copyOf(properties));
    }
    return Integer.toString(KEPT.indexOf(properties));
  }

  static synchronized Map<String, String> find(String name) {
    return KEPT.get(Integer.parseInt(name));
  }
}
