package io.afp.core.definition;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A class of one's own that fills a table.
 *
 * @param type the binary name of the class
 * @param arguments what the class is told
 * @param onChange what happens when rows of a done interval are not those that were loaded
 */
public record CustomSourceDef(String type, SortedMap<String, String> arguments, OnChange onChange)
    implements SourceDef {

  public CustomSourceDef {
    arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
  }

  /** The same with another policy for changes. */
  CustomSourceDef with(OnChange policy) {
    return new CustomSourceDef(type, arguments, policy);
  }
}
