package io.afp.transform;

import static io.afp.transform.Plans.list;

import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.TruncDate;
import org.apache.spark.sql.catalyst.expressions.TruncTimestamp;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;
import scala.collection.Seq;

/**
 * The columns of a plan that say of which interval a row is.
 *
 * @param columns those that the interval column is made of
 * @param exact whether it is one column that lies in the same interval as the interval column
 * @param calendar cuts the time into intervals
 */
record IntervalTime(Set<ExprId> columns, boolean exact, IntervalDef calendar) {

  private static final Set<DataType> TIMES =
      Set.of(DataTypes.DateType, DataTypes.TimestampType, DataTypes.TimestampNTZType);

  /** What Spark calls the units, in the order of {@link IntervalUnit}. */
  private static final List<Set<String>> UNITS =
      List.of(
          Set.of("HOUR"),
          Set.of("DAY", "DD"),
          Set.of("MONTH", "MON", "MM"),
          Set.of("YEAR", "YYYY", "YY"));

  /** An output of a plan. */
  static IntervalTime of(Set<ExprId> output, IntervalDef calendar) {
    return new IntervalTime(output, output.size() == 1, calendar);
  }

  /** The same time in other columns, which have its values. */
  IntervalTime at(Set<ExprId> others) {
    return new IntervalTime(others, exact && others.size() == 1, calendar);
  }

  /** What it is below some outputs. */
  IntervalTime below(Seq<NamedExpression> outputs) {
    Set<ExprId> made = new HashSet<>();
    boolean stays = exact;
    for (NamedExpression output : list(outputs)) {
      if (columns.contains(output.exprId())) {
        made.addAll(Plans.columns((Expression) output));
        stays &= aligned((Expression) output).isPresent();
      }
    }
    return new IntervalTime(made, stays && made.size() == 1, calendar);
  }

  /** Whether a value lies in the interval of its row. */
  boolean isIn(Expression value) {
    return exact && aligned(value).filter(columns::contains).isPresent();
  }

  /** The column of time that a value is made of, and whose interval it never leaves. */
  private Optional<ExprId> aligned(Expression value) {
    if (value instanceof Attribute column) {
      return Optional.of(column.exprId());
    }
    if (value instanceof Alias alias) {
      return aligned(alias.child());
    }
    if (value instanceof RuntimeReplaceable function) {
      return aligned(function.replacement());
    }
    if (value instanceof Cast cast && keepsInterval(cast)) {
      return aligned(cast.child());
    }
    if (value instanceof TruncDate cut && isWithinUnit(cut.format())) {
      return aligned(cut.date());
    }
    if (value instanceof TruncTimestamp cut
        && isWithinUnit(cut.format())
        && isOurClock(cut.timeZoneId())) {
      return aligned(cut.timestamp());
    }
    return Optional.empty();
  }

  private boolean keepsInterval(Cast cast) {
    DataType from = cast.child().dataType();
    DataType to = cast.dataType();
    if (!TIMES.contains(from) || !TIMES.contains(to)) {
      return false;
    }
    boolean cutsToDay = to.equals(DataTypes.DateType) && !from.equals(to);
    boolean ofWall = from.equals(DataTypes.TimestampNTZType);
    return !cutsToDay
        || calendar.unit() != IntervalUnit.HOUR && (ofWall || isOurClock(cast.timeZoneId()));
  }

  private boolean isOurClock(Option<String> zone) {
    return zone.contains(calendar.zone().getId());
  }

  /** Whether the start of such a unit is in the same interval. */
  private boolean isWithinUnit(Expression format) {
    String name = format instanceof Literal ? format.toString().toUpperCase(Locale.ROOT) : "";
    return UNITS.stream()
        .limit(calendar.unit().ordinal() + 1)
        .anyMatch(names -> names.contains(name));
  }
}
