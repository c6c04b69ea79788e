package io.afp.core.lake;

import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Literal;

/**
 * Values that are found by a key, however many there are: a map in a plan is searched from its
 * start for each row.
 *
 * <p>It is public because code that Spark generates calls it.
 */
public final class Lookup implements Serializable {

  private static final long serialVersionUID = 1L;

  private final HashMap<Object, Entry> entries = new HashMap<>();
  private transient Entry last;

  private record Entry(Object key, Object value) implements Serializable {}

  private Lookup(Map<?, ?> values) {
    Map<Object, Object> shared = new IdentityHashMap<>(); // few values may belong to many keys
    values.forEach(
        (key, value) -> {
          Object inside = literal(key).value();
          Object found = shared.computeIfAbsent(value, any -> literal(any).value());
          entries.put(inside, new Entry(inside, found));
        });
  }

  /**
   * The value that belongs to each key; null of others.
   *
   * @param values at least one; all of one type, as are their keys, which have that of the column
   */
  public static Column in(Map<?, ?> values, Column key) {
    Object any = values.values().iterator().next();
    return Native.call(new Lookup(values), "find", key, literal(any).dataType());
  }

  private static Literal literal(Object value) {
    return (Literal) lit(value).expr();
  }

  /** The value of a key, both as Spark holds them inside; null without one. */
  public Object find(Object key) {
    Entry found = last;
    if (found == null || !found.key().equals(key)) { // rows of one file come together
      found = entries.get(key);
      last = found;
    }
    return found == null ? null : found.value();
  }

  /** What plans show. */
  @Override
  public String toString() {
    return entries.size() + " keys";
  }
}
