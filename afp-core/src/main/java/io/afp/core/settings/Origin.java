package io.afp.core.settings;

import io.afp.core.error.Location;
import io.afp.core.yaml.Placed.At;
import java.util.List;

/**
 * Where a setting comes from.
 *
 * @param location where it is written; its path says whether that is in an environment
 * @param references what it takes from elsewhere, such as <code>${env:PASSWORD}</code>
 */
public record Origin(Location location, List<String> references) {

  public Origin {
    references = List.copyOf(references);
  }

  static Origin of(At<String> written) {
    return new Origin(written.location(), References.in(written.value()));
  }

  /**
   * For people: <code>afp.yaml:4, ${env:PASSWORD}</code>, or {@code afp.yaml:7 (environments.dev)}.
   *
   * @param key the setting that comes from here, which need not be said again
   */
  String text(String key) {
    String path = location.path();
    String section = path.endsWith(key) ? path.substring(0, path.length() - key.length()) : path;
    Location shown =
        new Location(location.file(), location.line(), section.replaceFirst("\\.$", ""));
    return references.isEmpty() ? shown.toString() : shown + ", " + String.join(" ", references);
  }
}
