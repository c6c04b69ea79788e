package io.afp.core.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.afp.core.definition.CheckDef.In;
import io.afp.core.definition.CheckDef.Length;
import io.afp.core.definition.CheckDef.Matches;
import io.afp.core.definition.CheckDef.Rule;
import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.Literals;
import io.afp.core.definition.Pii;
import io.afp.core.definition.Rounding;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** All ways in which a row of typed fields can break the contract, but for its record. */
final class Breaches {

  private final GivenFields given;
  private final StructType typed;
  private final Protection protection;
  private final List<Breach> ofValues = new ArrayList<>();
  private final List<Breach> ofRules = new ArrayList<>();

  /**
   * The ways for a table.
   *
   * @param typed what {@link TypedFields} makes of the fields
   */
  Breaches(GivenFields given, StructType typed, Protection protection) {
    this.given = given;
    this.typed = typed;
    this.protection = protection;
    protection.table().sourceColumns().forEach(this::add);
    given.raw().unit().ifPresent(unit -> ofValues.add(outside(unit)));
  }

  /** Those that are found by a look at a value first, then those that have to work for it. */
  List<Breach> cheapestFirst() {
    List<Breach> all = new ArrayList<>(ofValues);
    ofRules.stream().filter(b -> !b.reason().equals("matches")).forEach(all::add);
    ofRules.stream().filter(b -> b.reason().equals("matches")).forEach(all::add);
    return all;
  }

  private void add(ColumnDef column) {
    boolean hasSource = given.has(column) || column.expr().isPresent();
    if (hasSource && canFail(column)) {
      String words = ReasonWords.notOfType(column);
      ofValues.add(new Breach(column.name(), "type", notOfType(column), words, shown(column)));
    }
    if (column.required() && column.entry().fallback().isEmpty()) {
      Column missing = isMissing(column, hasSource ? source(column) : plain(column));
      ofValues.add(
          new Breach(column.name(), "required", missing, ReasonWords.MISSING, shown(column)));
    }
    column.entry().rules().forEach(rule -> add(column, rule));
  }

  /** A value that was dropped was there. */
  private Column isMissing(ColumnDef column, Column value) {
    boolean mayBeDropped = given.mayBeProtected(column) && column.protection() == Pii.DROP;
    return mayBeDropped ? value.isNull().and(not(col(RawRows.PROTECTED))) : value.isNull();
  }

  /** What has the type already is a value of it: a text is a text, whatever it is. */
  private boolean canFail(ColumnDef column) {
    return !sourceType(column).equals(GivenFields.type(column));
  }

  private DataType sourceType(ColumnDef column) {
    return typed.apply(sourceName(column)).dataType();
  }

  private static Column plain(ColumnDef column) {
    return col(GivenFields.plain(column));
  }

  /** What the source or the expression gave, null where that stands for null. */
  private static Column source(ColumnDef column) {
    return col(sourceName(column));
  }

  private static String sourceName(ColumnDef column) {
    return column.expr().isPresent() ? GivenFields.computed(column) : GivenFields.text(column);
  }

  /**
   * What a reason shows: the field as it is, also where its text stands for null; where something
   * else takes the place of a value, it does so only if there is one.
   */
  private Column shown(ColumnDef column) {
    if (column.expr().isPresent()) {
      return protection.of(column, col(GivenFields.computed(column)).cast("string"));
    }
    if (!given.has(column)) {
      return lit(null).cast("string");
    }
    return column.protection().isKeptOut()
        ? protection.ofField(given, column, source(column).cast("string"))
        : given.raw(column.field()).cast("string");
  }

  private Column notOfType(ColumnDef column) {
    Column lost = plain(column).isNull();
    DataType from = sourceType(column);
    if (from instanceof AtomicType && !from.equals(DataTypes.StringType) && !rounds(column)) {
      lost = lost.or(Looseness.of(column.type(), from, source(column), plain(column)));
    }
    return source(column).isNotNull().and(lost);
  }

  /** What Spark's cast does with a typed number is what is declared then. */
  private boolean rounds(ColumnDef column) {
    return column.entry().rounding() == Rounding.HALF_UP
        && sourceType(column) instanceof NumericType;
  }

  private void add(ColumnDef column, Rule rule) {
    if (rule instanceof Length length) {
      Column size = length(plain(column));
      length.min().ifPresent(min -> add(column, rule, size.lt(min), ReasonWords.tooShort(length)));
      length.max().ifPresent(max -> add(column, rule, size.gt(max), ReasonWords.tooLong(length)));
    } else {
      add(column, rule, not(holds(column, rule)), ReasonWords.broken(rule));
    }
  }

  private void add(ColumnDef column, Rule rule, Column broken, String words) {
    Column when = plain(column).isNotNull().and(broken);
    ofRules.add(new Breach(column.name(), rule.keyword(), when, words, shown(column)));
  }

  private static Column holds(ColumnDef column, Rule rule) {
    if (rule instanceof In in) {
      Object[] literals =
          in.values().stream().map(v -> expr(Literals.sql(column.type(), v))).toArray();
      return plain(column).isin(literals);
    }
    return plain(column).rlike(((Matches) rule).whole());
  }

  /** Not said of a value that is wrong or missing for a reason that was said already. */
  private Breach outside(RawRows.UnitColumns unit) {
    ColumnDef column = protection.table().intervalColumn().orElseThrow();
    Column value = plain(column);
    Column inside = value.geq(col(unit.start())).and(value.lt(col(unit.end())));
    List<Breach> said =
        ofValues.stream()
            .filter(b -> column.expr().isPresent() || b.column().equals(column.name()))
            .toList();
    Column known =
        column.expr().isPresent()
            ? value.isNull().and(ParsersReasons.or(given.raw(), any(said)))
            : any(said);
    Column outside = not(coalesce(inside, lit(false))).and(not(known));
    String words = ReasonWords.OUTSIDE;
    return new Breach(column.name(), "interval", outside, words, value.cast("string"));
  }

  static Column any(List<Breach> breaches) {
    return AnyOf.these(breaches.stream().map(Breach::when).toList());
  }
}
