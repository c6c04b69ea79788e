package io.afp.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.Pii;
import io.afp.core.definition.RowRule;
import io.afp.core.error.Causes;
import io.afp.core.ledger.Sample;
import io.afp.core.spi.Judge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few of the rows that break a rule: their key, and the columns that the rule is about. Each
 * takes one query, so they are only asked for when a check did not pass.
 */
final class Samples {

  static final int MOST = 10;
  private static final int MOST_COLUMNS = 8;
  private static final int LONGEST = 200;

  private static final Logger log = LoggerFactory.getLogger(Samples.class);

  private final Judge.Case written;

  Samples(Judge.Case written) {
    this.written = written;
  }

  /** Rows that break a rule about single rows. */
  List<Sample> breaking(CheckDef check) {
    return Predicates.of(written.table(), check)
        .map(predicate -> orNone(check, () -> breaking(check, predicate.broken())))
        .orElse(List.of());
  }

  /** Rows that break a rule, by their key and some columns. */
  List<Sample> of(CheckDef check, Dataset<Row> broken, List<String> columns) {
    return orNone(check, () -> rows(broken, withKey(columns)));
  }

  private List<Sample> breaking(CheckDef check, Column broken) {
    List<String> columns = columns(check);
    return columns.isEmpty() ? List.of() : rows(written.rows().filter(broken), columns);
  }

  /** Rows to show are no part of the verdict, which is there when they are asked for. */
  private static List<Sample> orNone(CheckDef check, Supplier<List<Sample>> samples) {
    try {
      return samples.get();
    } catch (Exception e) { // an AnalysisException is checked, but Scala does not declare it
      if (Causes.find(e, InterruptedException.class).isPresent()) {
        Thread.currentThread().interrupt();
      }
      // a message of Spark may quote values
      log.warn("Cannot show rows that break check {} ({})", check.name(), e.getClass().getName());
      return List.of();
    }
  }

  private List<Sample> rows(Dataset<Row> rows, List<String> columns) {
    Column[] order = columns.stream().map(Predicates::column).toArray(Column[]::new);
    return read(columns, rows.select(shown(columns)).distinct().orderBy(order));
  }

  /**
   * The largest groups.
   *
   * @param rows the column with the number of rows of a group
   */
  List<Sample> ofGroups(Dataset<Row> groups, List<String> columns, String rows) {
    List<Column> shown = new ArrayList<>(Arrays.asList(shown(columns)));
    shown.add(col(rows).cast("string"));
    List<Column> order = new ArrayList<>(List.of(col(rows).desc()));
    columns.forEach(column -> order.add(Predicates.column(column)));
    List<String> names = new ArrayList<>(columns);
    names.add(Sample.COUNT);
    return read(
        names, groups.orderBy(order.toArray(Column[]::new)).select(shown.toArray(Column[]::new)));
  }

  private Column[] shown(List<String> columns) {
    return columns.stream().map(name -> shown(name).as(name)).toArray(Column[]::new);
  }

  /** As text; a personal value does not get as far as the driver. */
  private Column shown(String column) {
    boolean personal = written.table().column(column).map(ColumnDef::pii).orElse(false);
    Column text = Predicates.column(column).cast("string");
    return personal
        ? when(text.isNotNull(), lit(Pii.HIDDEN))
        : when(length(text).gt(LONGEST), concat(text.substr(1, LONGEST), lit("…"))).otherwise(text);
  }

  private static List<Sample> read(List<String> names, Dataset<Row> rows) {
    return rows.limit(MOST).collectAsList().stream().map(row -> sample(names, row)).toList();
  }

  private List<String> columns(CheckDef check) {
    return withKey(judged(check));
  }

  private List<String> withKey(List<String> judged) {
    List<String> key = written.table().rowKey();
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER); // as Spark tells them apart
    int left = Math.max(0, MOST_COLUMNS - judged.size());
    return Stream.concat(key.stream().limit(left), judged.stream()).filter(seen::add).toList();
  }

  /** The column of the check, those of its rule, and those that its predicates name. */
  private List<String> judged(CheckDef check) {
    String predicates = predicates(check);
    Stream<String> ofRule =
        check.rule() instanceof RowRule rule ? rule.reads().stream() : check.column().stream();
    Stream<String> named =
        written.table().columns().stream()
            .map(ColumnDef::name)
            .filter(name -> !predicates.isEmpty() && mentions(predicates, name));
    return Stream.concat(ofRule, named).distinct().limit(MOST_COLUMNS).toList();
  }

  private static String predicates(CheckDef check) {
    Optional<String> sql =
        check.rule() instanceof CheckDef.Sql rule
            ? Optional.of(rule.predicate())
            : Optional.empty();
    return String.join(" ", Stream.of(sql, check.where()).flatMap(Optional::stream).toList());
  }

  private static boolean mentions(String predicate, String column) {
    return Pattern.compile("(?<!\\w)" + Pattern.quote(column) + "(?!\\w)", Pattern.CASE_INSENSITIVE)
        .matcher(predicate)
        .find();
  }

  private static Sample sample(List<String> names, Row row) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), row.getString(i));
    }
    return new Sample(values);
  }
}
