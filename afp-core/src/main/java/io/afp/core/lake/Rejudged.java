package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.TableDef;
import io.afp.core.definition.Unit;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import io.afp.core.lake.Contract.Conformed;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Stored rejects that a contract has judged again. Each of them is in exactly one of the two sets
 * of rows, which are computed once.
 *
 * @param fitting the rows that obey now, with the declared columns
 * @param rest the rejects that stay, with the reasons of today
 * @param all how many rejects there were
 * @param fits how many obey now, by the units that have some
 * @param changed the units whose rejects are others now
 * @param warnings what a user has to know of those that could not be judged as they were read
 */
public record Rejudged(
    Dataset<Row> fitting,
    Dataset<Row> rest,
    long all,
    Map<String, Long> fits,
    Set<String> changed,
    List<Problem> warnings) {

  public Rejudged {
    warnings = List.copyOf(warnings);
  }

  /** The column that says whether a record has all values, or other ones for those kept out. */
  public static final String COMPLETE = "complete";

  /** The column with what the values in place of those kept out follow from; null without such. */
  public static final String PROTECTED_BY = "protected_by";

  private static final Column[] COMPARED = {
    col(StoredRejects.UNIT), col("record"), col("file"), col("reasons")
  };

  /**
   * Judges rejects again.
   *
   * @param table without the columns that its source brought
   * @param stored rows of the table of rejects
   * @param units those of others are left out
   * @param completed adds the columns that say who judged them
   */
  public static Rejudged of(
      TableDef table,
      Contract contract,
      Dataset<Row> stored,
      Collection<Unit> units,
      UnaryOperator<Dataset<Row>> completed) {
    StoredRejects rejects = StoredRejects.of(table, contract, units, stored);
    Conformed judged = contract.conform(rejects.judgeable());
    Dataset<Row> fitting = Pinned.of(judged.accepted());
    Dataset<Row> still = completed.apply(rejects.placed(judged.rejected()));
    Dataset<Row> rest = Pinned.of(still.union(rejects.staying(still.schema())));
    Dataset<Row> restOfUnits = StoredRejects.withUnit(table, units, rest);
    List<Problem> warnings = rejects.unjudged().warnings(table);
    return of(table, rejects.all(still.schema()), fitting, rest, restOfUnits, warnings);
  }

  /**
   * Judges the rows of a quarantine again.
   *
   * @param declared the table without the columns that its source brought
   * @param today the table with these
   * @param observers know the checks of today
   * @param stored rows of the table of the quarantine
   * @param units those of others are left out
   * @param completed adds the columns that say who judged them
   */
  public static Rejudged ofQuarantine(
      TableDef declared,
      TableDef today,
      List<WriteObserver> observers,
      Dataset<Row> stored,
      Collection<Unit> units,
      UnaryOperator<Dataset<Row>> completed) {
    return Released.of(declared, today, observers, stored, units, completed);
  }

  static Rejudged of(
      TableDef table,
      Dataset<Row> all,
      Dataset<Row> fitting,
      Dataset<Row> rest,
      Dataset<Row> restOfUnits,
      List<Problem> warnings) {
    Map<String, Long> before = byUnit(all);
    Map<String, Long> after = byUnit(restOfUnits);
    requireAll(table, before, after, fitting.count());
    return new Rejudged(
        fitting,
        rest,
        sum(before),
        less(before, after),
        units(all.select(COMPARED).exceptAll(restOfUnits.select(COMPARED))),
        warnings);
  }

  /** The command that loads what fills a table again, as a fix of what can't be replayed. */
  public static String loadAgain(TableDef table) {
    return "afp run … " + (table.hasInterval() ? "--restate" : "--full-refresh");
  }

  /** How many rejects stay. */
  public long stays() {
    return all - sum(fits);
  }

  private static Map<String, Long> byUnit(Dataset<Row> rejects) {
    Map<String, Long> counts = new TreeMap<>();
    rejects
        .groupBy(StoredRejects.UNIT)
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  private static Map<String, Long> less(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> fits = new TreeMap<>();
    before.forEach((unit, rows) -> fits.put(unit, rows - after.getOrDefault(unit, 0L)));
    fits.values().removeIf(rows -> rows == 0);
    return fits;
  }

  private static Set<String> units(Dataset<Row> rejects) {
    Set<String> units = new TreeSet<>();
    rejects
        .select(StoredRejects.UNIT)
        .distinct()
        .collectAsList()
        .forEach(r -> units.add(r.getString(0)));
    return units;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** An expression whose value differs from time to time may put a row in both sets, or in none. */
  private static void requireAll(
      TableDef table, Map<String, Long> before, Map<String, Long> after, long fitting) {
    if (sum(before) != sum(after) + fitting) {
      throw new AfpException(
          ErrorCode.INTERNAL,
          "Cannot replay what was kept out of %s: rows fit and do not fit at once (rows=%d, fitting=%d, staying=%d)"
              .formatted(table.name(), sum(before), fitting, sum(after)),
          "Nothing was published. Take what differs from time to time, such as rand() or now(), out of expr and of checks.");
    }
  }
}
