package io.afp.core.drift;

import io.afp.core.drift.SourceColumns.Part;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The order of columns. Only of those that both sides have: a column that is new, or gone, moves no
 * other one.
 */
final class Order {

  private Order() {}

  /** Two columns that stand the other way round than before. */
  record Swap(String first, String second) {

    @Override
    public String toString() {
      return "%s is before %s now".formatted(first, second);
    }
  }

  /** The first two that are swapped; none where the order is the same. */
  static Optional<Swap> swap(List<String> before, List<String> now) {
    Map<String, Integer> places = places(before);
    List<String> common = now.stream().filter(places::containsKey).toList();
    for (int i = 1; i < common.size(); i++) {
      if (places.get(common.get(i - 1)) > places.get(common.get(i))) {
        return Optional.of(new Swap(common.get(i - 1), common.get(i)));
      }
    }
    return Optional.empty();
  }

  /** The columns that some part has in front of another one, and the last part behind it. */
  static Set<String> moving(List<Part> parts) {
    Set<String> moving = new HashSet<>();
    Set<List<String>> orders = new LinkedHashSet<>(parts.stream().map(Part::names).toList());
    List<String> last = parts.get(parts.size() - 1).names();
    orders.remove(last);
    orders.forEach(order -> addSwapped(places(order), last, moving));
    return moving;
  }

  /** A column is swapped if one that was behind it is before it now, or one before it behind. */
  private static void addSwapped(
      Map<String, Integer> places, List<String> order, Set<String> swapped) {
    List<String> common = order.stream().filter(places::containsKey).toList();
    int highest = -1;
    for (String column : common) {
      if (places.get(column) < highest) {
        swapped.add(column);
      }
      highest = Math.max(highest, places.get(column));
    }
    int lowest = Integer.MAX_VALUE;
    for (int i = common.size() - 1; i >= 0; i--) {
      if (places.get(common.get(i)) > lowest) {
        swapped.add(common.get(i));
      }
      lowest = Math.min(lowest, places.get(common.get(i)));
    }
  }

  private static Map<String, Integer> places(List<String> columns) {
    Map<String, Integer> places = new HashMap<>();
    columns.forEach(column -> places.putIfAbsent(column, places.size()));
    return places;
  }
}
