package io.afp.core.job;

import io.afp.core.definition.Interval;
import io.afp.core.definition.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cuts what is to be done into runs, oldest first.
 *
 * <p>A chunk begins and ends with a unit in which something is to be done. What is done in between
 * stays as it is; but no such unit may lie in a chunk that is restated, because a run restates all
 * of its interval, and none without files, because a run needs those of all of its interval. Units
 * without files in which something is to be done are chunks of their own: these fail when it is
 * their turn.
 */
final class Chunks {

  private final Set<String> todo;
  private final Set<String> unready;
  private final int size;
  private final boolean restate;
  private final List<Chunk> chunks = new ArrayList<>();
  private int first;
  private boolean joinable;

  /**
   * One run.
   *
   * @param units how many units of its interval are to be done; none when only tables without
   *     intervals are
   */
  record Chunk(Interval interval, int units) {}

  private Chunks(Plan plan, int size, boolean restate) {
    this.todo = todo(plan);
    this.unready = plan.unready();
    this.size = size;
    this.restate = restate;
  }

  private static Set<String> todo(Plan plan) {
    return plan.reasons().values().stream()
        .map(Map::entrySet)
        .flatMap(Set::stream)
        .filter(each -> !each.getValue().isLookback())
        .map(Map.Entry::getKey)
        .filter(label -> !label.equals(Unit.all().label()))
        .collect(Collectors.toSet());
  }

  /**
   * The chunks of a plan.
   *
   * @param range the time that it is for
   * @param size how many units a chunk spans at most
   */
  static List<Chunk> of(Plan plan, Interval range, int size, boolean restate) {
    Chunks cut = new Chunks(plan, size, restate);
    List<Interval> units = range.units();
    for (int i = 0; i < units.size(); i++) {
      cut.add(units.get(i), i);
    }
    return cut.chunks;
  }

  /** A run that finds only tables without intervals to do, or to serve. */
  static Optional<Chunk> last(Plan plan, Interval range) {
    return range.units().stream()
        .filter(unit -> !plan.unready().contains(unit.label()))
        .reduce((one, next) -> next)
        .map(unit -> new Chunk(unit, 0));
  }

  private void add(Interval unit, int position) {
    boolean ready = !unready.contains(unit.label());
    if (!todo.contains(unit.label())) {
      joinable &= ready && !restate;
    } else if (joinable && ready && position - first < size) {
      Chunk open = chunks.remove(chunks.size() - 1);
      Interval interval =
          new Interval(open.interval().start(), unit.end(), open.interval().calendar());
      chunks.add(new Chunk(interval, open.units() + 1));
    } else {
      chunks.add(new Chunk(unit, 1));
      first = position;
      joinable = ready;
    }
  }
}
