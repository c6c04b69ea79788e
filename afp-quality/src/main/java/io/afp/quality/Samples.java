package io.afp.quality;

import static org.apache.spark.sql.functions.col;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.TableDef;
import io.afp.core.spi.Judge;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A few of the rows that break a rule, as text: their key, and the columns that the rule is about.
 */
final class Samples {

  static final int MOST = 10;
  private static final String MASK = "******";

  private final Judge.Case written;

  Samples(Judge.Case written) {
    this.written = written;
  }

  /** Rows that break a rule about single rows. */
  List<String> breaking(CheckDef check) {
    return Predicates.of(written.table(), check)
        .map(predicate -> of(written.rows().filter(predicate.broken()), columns(check)))
        .orElse(List.of());
  }

  /** The first rows, with these columns. */
  List<String> of(Dataset<Row> rows, Set<String> columns) {
    Column[] shown = columns.stream().map(name -> col(name).cast("string")).toArray(Column[]::new);
    List<String> names = List.copyOf(columns);
    return rows.select(shown).distinct().orderBy(shown).limit(MOST).collectAsList().stream()
        .map(row -> text(names, row))
        .toList();
  }

  private Set<String> columns(CheckDef check) {
    TableDef table = written.table();
    Set<String> columns = new LinkedHashSet<>(table.key());
    check.column().ifPresent(columns::add);
    if (check.rule() instanceof CheckDef.Sql sql) {
      table.columns().stream()
          .map(ColumnDef::name)
          .filter(name -> mentions(sql.predicate(), name))
          .forEach(columns::add);
    }
    return columns;
  }

  private static boolean mentions(String predicate, String column) {
    return Pattern.compile("\\b" + column + "\\b", Pattern.CASE_INSENSITIVE)
        .matcher(predicate)
        .find();
  }

  private String text(List<String> names, Row row) {
    return IntStream.range(0, names.size())
        .mapToObj(i -> names.get(i) + "=" + shown(names.get(i), row.getString(i)))
        .collect(Collectors.joining(", "));
  }

  private String shown(String column, String value) {
    boolean personal = written.table().column(column).map(ColumnDef::pii).orElse(false);
    return personal && value != null ? MASK : value;
  }
}
