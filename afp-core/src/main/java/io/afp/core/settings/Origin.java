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

  /** {@code afp.yaml:4 (lake.password), ${env:PASSWORD}}. */
  @Override
  public String toString() {
    return references.isEmpty()
        ? location.toString()
        : location + ", " + String.join(" ", references);
  }
}
