package io.afp.core.measure;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.MetricRule;
import io.afp.core.definition.OrderRule;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableRule;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the checks of a table are answered: which of them together, and with how many reads of rows.
 * It is made of definitions alone, before anything runs; who judges goes by it.
 *
 * <p>The numbers are those of checks that pass. Of one that does not, the rows that break it are
 * looked for; tables that are small are shuffled less; and the most common of more values than
 * {@link Frequencies#MOST} takes a query of its own, which only the data tell.
 */
public record CheckPlan(List<Group> groups) {

  public CheckPlan {
    groups = List.copyOf(groups);
  }

  /** How checks are answered. */
  public enum Way {
    /** By what the catalog, the commit or the files of the table say; no row is read. */
    METADATA,
    /** Measured in the pass that writes the rows, which are not read for it. */
    WRITE,
    /** All together by one pass over the rows. */
    SCAN,
    /** All together by one shuffle of hashes. */
    SHUFFLE,
    /** Each by a join with another table. */
    JOIN,
    /** Each by a query of its own. */
    QUERY
  }

  /**
   * Checks that are answered in the same way.
   *
   * @param scans how often rows of a table are read for them
   * @param shuffles how often rows are exchanged between tasks for them, at most
   */
  public record Group(Way way, List<CheckDef> checks, int scans, int shuffles) {

    public Group {
      checks = List.copyOf(checks);
    }

    private static Group of(Way way, List<CheckDef> checks) {
      int number = checks.size();
      return switch (way) {
        case METADATA, WRITE -> new Group(way, checks, 0, 0);
        case SCAN -> new Group(way, checks, 1, 0);
        case SHUFFLE -> new Group(way, checks, 1, 1);
        case JOIN -> new Group(way, checks, 2 * number, 3 * number);
        case QUERY ->
            new Group(
                way,
                checks,
                checks.stream().mapToInt(Group::queries).sum(),
                checks.stream().mapToInt(Group::exchanges).sum());
      };
    }

    /** Rows that are sorted in parts are counted by another one. */
    private static int exchanges(CheckDef check) {
      return check.rule() instanceof OrderRule order && !order.each().isEmpty() ? 2 : 1;
    }

    private static int queries(CheckDef check) {
      return check.rule() instanceof TableRule.SameResult ? 2 : 1;
    }
  }

  /** The plan of a run that writes the table; a view is not written, so it is scanned. */
  public static CheckPlan of(TableDef table) {
    boolean passes = !table.isView() && !table.write().mode().merges();
    return of(table, check -> passes, check -> !table.isView() && countsAllRows(check));
  }

  /**
   * The plan for rows that are there.
   *
   * @param measured which checks need no more than what was measured when they were written
   * @param known which checks need no more than metadata
   */
  public static CheckPlan of(
      TableDef table, Predicate<CheckDef> measured, Predicate<CheckDef> known) {
    Map<Way, List<CheckDef>> byWay =
        table.allChecks().stream()
            .collect(
                Collectors.groupingBy(
                    check -> way(check, measured, known),
                    () -> new EnumMap<>(Way.class),
                    Collectors.toList()));
    return new CheckPlan(
        byWay.entrySet().stream()
            .map(group -> Group.of(group.getKey(), group.getValue()))
            .toList());
  }

  private static Way way(CheckDef check, Predicate<CheckDef> measured, Predicate<CheckDef> known) {
    if (check.rule() instanceof CheckDef.Key) {
      return Way.SHUFFLE;
    }
    if (check.rule() instanceof CheckDef.References) {
      return Way.JOIN;
    }
    if (check.rule() instanceof OrderRule) {
      return Way.QUERY;
    }
    if (check.rule() instanceof TableRule rule) {
      return rule.isAboutColumns() ? Way.METADATA : Way.QUERY;
    }
    if (check.rule() instanceof MetricRule.Statistical rule && !isMeasurable(rule)) {
      return Way.QUERY;
    }
    if (countsAllRows(check) && known.test(check)) {
      return Way.METADATA;
    }
    if (measured.test(check)) {
      return Way.WRITE;
    }
    return known.test(check) ? Way.METADATA : Way.SCAN;
  }

  /** Whether a check asks how many rows there are, of whatever kind. */
  public static boolean countsAllRows(CheckDef check) {
    return check.rule() instanceof CheckDef.Rows && check.where().isEmpty();
  }

  /** Whether counting few different values is enough; of many only their number is known. */
  private static boolean isMeasurable(MetricRule.Statistical rule) {
    return switch (rule.statistic()) {
      case DISTINCT_SHARE -> false;
      case DISTINCT ->
          Stream.of(rule.bounds().min(), rule.bounds().max())
              .flatMap(Optional::stream)
              .map(BigDecimal::new)
              .allMatch(bound -> bound.compareTo(BigDecimal.valueOf(Frequencies.MOST)) <= 0);
      default -> true;
    };
  }

  /** How a check of the table is answered. */
  public Way way(CheckDef check) {
    return groups.stream()
        .filter(group -> group.checks().contains(check))
        .map(Group::way)
        .findFirst()
        .orElseThrow();
  }

  /** The checks that are answered in a way. */
  public List<CheckDef> checks(Way way) {
    return groups.stream()
        .filter(group -> group.way() == way)
        .flatMap(group -> group.checks().stream())
        .toList();
  }

  /** How often rows of a table are read. */
  public int scans() {
    return groups.stream().mapToInt(Group::scans).sum();
  }

  /** How often rows are exchanged between tasks, at most. */
  public int shuffles() {
    return groups.stream().mapToInt(Group::shuffles).sum();
  }
}
