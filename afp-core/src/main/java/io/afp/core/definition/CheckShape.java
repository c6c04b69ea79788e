package io.afp.core.definition;

import io.afp.core.definition.CheckDef.About;
import io.afp.core.definition.CheckDef.Between;
import io.afp.core.definition.CheckDef.Fresh;
import io.afp.core.definition.CheckDef.In;
import io.afp.core.definition.CheckDef.Key;
import io.afp.core.definition.CheckDef.Length;
import io.afp.core.definition.CheckDef.Matches;
import io.afp.core.definition.CheckDef.References;
import io.afp.core.definition.CheckDef.Required;
import io.afp.core.definition.CheckDef.Rows;
import io.afp.core.definition.CheckDef.Rule;
import io.afp.core.definition.CheckDef.Severity;
import io.afp.core.definition.CheckDef.Sql;
import io.afp.core.definition.CheckDef.Threshold;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Listed;
import io.afp.core.yaml.Mapped;
import io.afp.core.yaml.Nullable;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import io.afp.core.yaml.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What a check of a column and a check of a table may hold. */
final class CheckShape {

  private static final Pattern COLUMN = Pattern.compile(TableName.WHOLE + "\\.[^.]*");

  private static final Field<String> NAME =
      Field.optional("name", Scalars.IDENTIFIER, "The stable name; unique in its table")
          .otherwise("made of table, column and rule");
  private static final Field<String> WHERE =
      Field.optional(
              "where",
              Scalar.parsed(
                  "a predicate in Spark SQL over the columns of a row", CheckShape::predicate),
              "Only rows for which this predicate is true are judged")
          .otherwise("all rows");
  private static final Field<Levels<BigDecimal>> AT_LEAST =
      Field.optional(
              "at_least",
              Levels.shape(Scalars.SHARE, (warn, error) -> warn.compareTo(error) > 0),
              "The share of judged rows that must obey. Only with rules about rows")
          .otherwise("`100%`; beside `quarantine` any share will do");
  private static final Field<Boolean> QUARANTINE =
      Field.withDefault(
          "quarantine",
          Scalar.flag(),
          "false",
          "Whether rows that break it are kept out of the table, in `<table>__quarantine`. Only"
              + " with rules about single rows");
  private static final Field<Severity> SEVERITY =
      Field.withDefault(
          "severity",
          Scalar.choice(Severity.class),
          "error",
          "Whether a breach keeps the run from being published");
  private static final Field<String> DESCRIPTION =
      Field.optional("description", Scalars.TEXT, "Why it is asked");
  private static final Field<String> OWNER =
      Field.optional("owner", Scalars.TEXT, "Who is to be asked when it does not hold")
          .otherwise("the owner of the pipeline");
  private static final Field<List<String>> TAGS =
      Field.optional(
              "tags",
              new Listed<>(new Items<>(Scalars.TEXT, "a list of texts"), "a list of texts, or one"),
              List.of(),
              "Words by which checks can be found")
          .otherwise("none");

  private static final Field<Rule> REQUIRED =
      Field.optional(
          "required",
          mapped(Scalar.flag(), "true, or remove the check", CheckShape::required),
          "The value is not null; for a rule with `where`, `at_least` or `severity`");
  static final Field<Rule> IN =
      Field.optional(
          "in",
          mapped(
              new Items<>(Scalars.LITERAL, "a list of values"),
              "a list of at least one value",
              CheckShape::in),
          "The values that are allowed");
  private static final Field<Rule> BETWEEN =
      Field.optional(
          "between",
          mapped(
              new Items<>(new Nullable<>(Scalars.LITERAL), "a list such as [0, 100]"),
              "two bounds such as [0, 100]; one of them may be null",
              CheckShape::between),
          "The smallest and the largest value, both included; null leaves a side open");
  static final Field<Rule> MATCHES =
      Field.optional(
          "matches",
          Scalar.parsed("a regular expression of Java", CheckShape::matches),
          "The regular expression that a whole text must match");
  static final Field<Rule> LENGTH =
      Field.optional(
          "length",
          mapped(
              new Listed<>(
                  new Items<>(new Nullable<>(Scalar.count()), "a list such as [1, 20]"),
                  "a list such as [1, 20], or one number"),
              "two bounds such as [1, 20], the smaller one first, one of them may be null; or"
                  + " one number",
              CheckShape::length),
          "The smallest and the largest number of characters; null leaves a side open. One"
              + " number alone is both");
  private static final Field<Levels<Rule>> FRESH =
      Field.optional(
          "fresh",
          Levels.shape(
              mapped(Scalars.FRESHNESS, Scalars.FRESHNESS.expects(), Fresh::new),
              (warn, error) -> true),
          "How much older than the end of the interval the newest value may be");
  private static final Field<Rule> ANOMALY_OF_COLUMN =
      Field.optional(
          "anomaly",
          AnomalyShape.OF_COLUMN,
          "A quantity of the column is as its history lets expect");
  private static final Field<Rule> ANOMALY_OF_TABLE =
      Field.optional(
          "anomaly", AnomalyShape.OF_TABLE, "The number of rows is as its history lets expect");
  private static final Field<Rule> REFERENCES =
      Field.optional(
          "references",
          Scalar.parsed("namespace.table.column", CheckShape::references).like(COLUMN),
          "The column of another table in which the value must occur");
  private static final Field<Rule> SQL =
      Field.optional(
          "sql",
          Scalar.parsed(
              "a predicate in Spark SQL over the columns of a row",
              text -> new Sql(predicate(text))),
          "A predicate; where it is null the row is not judged");

  private static final Field<Rule> CUSTOM =
      Field.optional(
          "custom",
          mapped(
              CustomShape.CHECK,
              "a class such as com.acme.Vat (or { class: com.acme.Vat, arguments: { country: DE } })",
              rule -> rule),
          "A [rule of your own](quality.md#rules-of-your-own)");

  private static final Field<Long> MIN =
      Field.optional("min", Scalar.count(), "The smallest number of rows");
  private static final Field<Long> MAX =
      Field.optional("max", Scalar.count(), "The largest number of rows");
  private static final Field<Rule> WARN = rows("warn", "What is only reported if it does not hold");
  private static final Field<Rule> ERROR =
      rows("error", "What else keeps the run from being published");
  private static final Field<Levels<Rule>> ROWS =
      Field.optional(
          "rows",
          new Mapped<>(
              new Fields<>("a mapping such as { min: 1 }", List.of(MIN, MAX, WARN, ERROR), r -> r),
              "min, max or both, the smaller one as min; or both warn and error with these",
              CheckShape::rows),
          "How many rows a run writes");

  private static final Field<Rule> UNIQUE =
      Field.optional(
          "unique",
          mapped(Scalar.flag(), "true, or remove the check", CheckShape::unique),
          "No other row has this value; null is not judged");
  private static final Field<Rule> KEY =
      Field.optional(
          "key",
          mapped(
              new Items<>(Scalars.TEXT, "a list of columns"),
              "a list of at least one column",
              CheckShape::key),
          "Columns that no two rows have the same values in, beside the key of the table");

  static final Fields<Draft> COLUMN_CHECK =
      check(
          "a mapping such as { in: [a, b] }",
          List.of(
              List.of(plain(REQUIRED), plain(IN), plain(BETWEEN), plain(MATCHES), plain(LENGTH)),
              List.of(
                  plain(REFERENCES), FRESH, plain(ANOMALY_OF_COLUMN), plain(UNIQUE), plain(CUSTOM)),
              ValueShapes.ALL.stream().map(CheckShape::plain).toList(),
              OrderShapes.ALL.stream().map(CheckShape::plain).toList(),
              MetricShapes.ALL,
              FrequencyShapes.ALL));

  static final Fields<Draft> TABLE_CHECK =
      check(
          "a mapping such as { rows: { min: 1 } }",
          List.of(
              List.of(ROWS, plain(SQL), plain(KEY), FRESH, plain(ANOMALY_OF_TABLE), plain(CUSTOM)),
              RowShapes.ALL.stream().map(CheckShape::plain).toList(),
              AssociationShapes.ALL,
              TableRuleShapes.ALL));

  private CheckShape() {}

  private static Fields<Draft> check(String expects, List<List<Field<Levels<Rule>>>> groups) {
    List<Field<Levels<Rule>>> rules = groups.stream().flatMap(List::stream).toList();
    List<Field<?>> fields = new ArrayList<>(rules);
    fields.addAll(List.of(NAME, WHERE, AT_LEAST, SEVERITY, QUARANTINE, DESCRIPTION, OWNER, TAGS));
    List<String> keywords = rules.stream().map(Field::name).toList();
    return new Fields<>(expects, fields, keywords, r -> Draft.of(r, rules));
  }

  /** A rule that has no second threshold of its own. */
  private static Field<Levels<Rule>> plain(Field<Rule> rule) {
    return Field.optional(rule.name(), Levels.plain(rule.shape()), rule.doc());
  }

  /** A check that does not know yet what it judges. */
  record Draft(
      Optional<String> name,
      Levels<Rule> rule,
      Optional<String> where,
      Optional<Levels<BigDecimal>> atLeast,
      Severity severity,
      boolean quarantine,
      About about) {

    private static Draft of(Reading r, List<Field<Levels<Rule>>> rules) {
      About about = new About(r.find(DESCRIPTION), r.find(OWNER), r.find(TAGS).orElse(List.of()));
      return new Draft(
          r.find(NAME),
          rules.stream().flatMap(f -> r.find(f).stream()).findFirst().orElseThrow(),
          r.find(WHERE),
          r.find(AT_LEAST),
          r.get(SEVERITY),
          r.get(QUARANTINE),
          about);
    }

    CheckDef ofColumn(TableName table, String column) {
      boolean unique = rule.main() instanceof Key;
      String keyword = unique ? UNIQUE.name() : rule.main().keyword();
      Draft draft = unique ? asKey(column) : this;
      return draft.named("%s.%s.%s".formatted(table, column, keyword), Optional.of(column));
    }

    private Draft asKey(String column) {
      String quoted = TableName.isIdentifier(column) ? column : "`" + column + "`";
      String given = quoted + " IS NOT NULL";
      String judged = where.map(w -> "%s AND (%s\n)".formatted(given, w)).orElse(given);
      Levels<Rule> key = Levels.of(new Key(List.of(column)));
      return new Draft(name, key, Optional.of(judged), atLeast, severity, quarantine, about);
    }

    /** A check of a table as a whole; freshness judges the column of its intervals. */
    CheckDef ofTable(TableName table, Optional<String> intervalColumn) {
      String fallback = "%s.%s".formatted(table, rule.main().keyword());
      return named(fallback, intervalColumn.filter(column -> rule.main() instanceof Fresh));
    }

    private CheckDef named(String fallback, Optional<String> column) {
      return new CheckDef(
          name.orElse(fallback),
          column,
          rule.main(),
          where,
          share().main(),
          severity,
          warning(),
          quarantine,
          about);
    }

    /**
     * What is kept out of the table is only reported, as long as it is not said how much may be.
     */
    private Levels<BigDecimal> share() {
      BigDecimal usual = quarantine ? BigDecimal.ZERO : BigDecimal.ONE;
      Levels<BigDecimal> share = atLeast.orElse(Levels.of(usual));
      return quarantine && share.warn().isEmpty()
          ? new Levels<>(share.main(), Optional.of(BigDecimal.ONE))
          : share;
    }

    private Optional<Threshold> warning() {
      Levels<BigDecimal> share = share();
      Threshold threshold =
          new Threshold(rule.warn().orElse(rule.main()), share.warn().orElse(share.main()));
      boolean any = rule.warn().isPresent() || share.warn().isPresent();
      return Optional.of(threshold).filter(t -> any);
    }
  }

  private static <S> Shape<Rule> mapped(Shape<S> shape, String expects, Function<S, Rule> mapper) {
    return new Mapped<>(shape, expects, mapper);
  }

  private static Rule required(boolean required) {
    require(required, "it is false");
    return new Required();
  }

  private static Rule unique(boolean unique) {
    require(unique, "it is false");
    return new Key(List.of());
  }

  private static Rule in(List<String> values) {
    require(!values.isEmpty(), "the list is empty");
    return new In(values);
  }

  private static Rule between(List<Optional<String>> bounds) {
    require(bounds.size() == 2, "it has %d bounds".formatted(bounds.size()));
    require(bounds.stream().anyMatch(Optional::isPresent), "both bounds are null");
    return new Between(bounds.get(0), bounds.get(1));
  }

  static Matches matches(String regex) {
    require(!regex.isEmpty(), "it is empty");
    Matches rule = new Matches(regex);
    try {
      Pattern.compile(regex);
      Pattern.compile(rule.whole());
      return rule;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'%s' is no regular expression: %s".formatted(regex, e.getDescription()), e);
    }
  }

  private static Rule length(List<Optional<Long>> written) {
    List<Optional<Long>> bounds =
        written.size() == 1 ? List.of(written.get(0), written.get(0)) : written;
    require(bounds.size() == 2, "it has %d bounds".formatted(bounds.size()));
    require(bounds.stream().anyMatch(Optional::isPresent), "both bounds are null");
    require(
        bounds.get(0).orElse(0L) <= bounds.get(1).orElse(Long.MAX_VALUE),
        "the first bound is larger than the second");
    return new Length(bound(bounds.get(0)), bound(bounds.get(1)));
  }

  private static Rule key(List<String> columns) {
    require(!columns.isEmpty(), "the list is empty");
    return new Key(columns);
  }

  private static Rule references(String text) {
    int dot = text.lastIndexOf('.');
    require(dot > 0, "'%s' is not namespace.table.column".formatted(text));
    return new References(TableName.parse(text.substring(0, dot)), text.substring(dot + 1));
  }

  static String predicate(String sql) {
    require(!sql.isBlank(), "it is empty");
    return sql;
  }

  private static Field<Rule> rows(String key, String doc) {
    return Field.optional(
        key,
        mapped(
            new Fields<>("a mapping such as { min: 1 }", List.of(MIN, MAX), r -> r),
            "min, max or both, the smaller one as min",
            CheckShape::bounds),
        doc);
  }

  private static Levels<Rule> rows(Reading r) {
    if (!r.keys().contains("warn") && !r.keys().contains("error")) {
      return Levels.of(bounds(r));
    }
    require(
        r.keys().size() == 2 && r.find(MIN).or(() -> r.find(MAX)).isEmpty(),
        "warn and error are no pair");
    return new Levels<>(r.find(ERROR).orElseThrow(), r.find(WARN));
  }

  private static Rule bounds(Reading r) {
    Optional<Long> min = r.find(MIN);
    Optional<Long> max = r.find(MAX);
    require(!r.keys().isEmpty(), "it has neither min nor max");
    require(min.orElse(0L) <= max.orElse(Long.MAX_VALUE), "min is larger than max");
    return new Rows(bound(min), bound(max));
  }

  private static OptionalLong bound(Optional<Long> bound) {
    return bound.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  static void require(boolean condition, String complaint) {
    if (!condition) {
      throw new IllegalArgumentException(complaint);
    }
  }
}
