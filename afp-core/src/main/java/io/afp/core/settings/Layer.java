package io.afp.core.settings;

import io.afp.core.yaml.Placed.At;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings as they are written, before references are resolved, by their names such as {@code
 * lake.uri}.
 *
 * <p>They stay text with a place, because only the layer on top is resolved: a laptop needs no
 * secret of production.
 */
record Layer(Map<String, At<String>> values) {

  /** This layer with another one over it, key by key. */
  Layer under(Layer top) {
    Map<String, At<String>> both = new LinkedHashMap<>(values);
    both.putAll(top.values);
    return new Layer(both);
  }
}
