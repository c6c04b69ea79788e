package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Measure;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;

/** Rules that are measured together, in one pass over the rows. */
record MeasuredRules(List<MeasuredRule> rules) {

  /** Those of the wanted checks that can be evaluated over these columns. */
  static MeasuredRules of(TableDef table, StructType schema, Predicate<CheckDef> wanted) {
    List<MeasuredRule> all =
        table.allChecks().stream()
            .filter(wanted)
            .flatMap(check -> MeasuredRule.of(table, check).stream())
            .toList();
    return new MeasuredRules(sound(all, schema));
  }

  /** All are asked for at once, and each by itself only when one of them can't be evaluated. */
  private static List<MeasuredRule> sound(List<MeasuredRule> rules, StructType schema) {
    List<Supplier<Column>> predicates =
        rules.stream().flatMap(r -> r.predicates().stream()).toList();
    boolean all =
        Resolution.problem(predicates, () -> new MeasuredRules(rules).inputs(), schema).isEmpty();
    return all ? rules : rules.stream().filter(rule -> rule.problem(schema).isEmpty()).toList();
  }

  private List<Column> inputs() {
    return measures().stream().map(Measure::input).toList();
  }

  List<Measure> measures() {
    return rules.stream().map(MeasuredRule::measure).toList();
  }
}
