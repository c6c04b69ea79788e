package io.afp.core.definition;

import static io.afp.core.definition.CheckShape.require;

import io.afp.core.definition.CheckDef.Rule;
import io.afp.core.definition.ValueRule.Likeness;
import io.afp.core.yaml.Either;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Listed;
import io.afp.core.yaml.Mapped;
import io.afp.core.yaml.Scalar;
import io.afp.core.yaml.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What rules about a value of a column look like. */
final class ValueShapes {

  private static final Field<ColumnType> TYPE =
      Field.required("type", Scalars.TYPE, "The type that the text is a value of");
  private static final Field<String> FORMAT =
      Field.optional("format", Scalars.TEXT, "How a number, date or time is written");

  static final List<Field<Rule>> ALL =
      List.of(
          Field.optional(
              "is_null",
              new Mapped<>(Scalar.flag(), "true, or remove the check", ValueShapes::isNull),
              "There is no value"),
          list("not_in", Scalars.LITERAL, ValueRule.NotIn::new, "Values that are not allowed"),
          one("above", ValueRule.Above::new, "The value is larger than this one"),
          one("below", ValueRule.Below::new, "The value is smaller than this one"),
          text(
              Likeness.MATCHES_ANY,
              regex(),
              "Regular expressions of Java; a whole text must match one of them"),
          text(
              Likeness.NOT_MATCHES,
              regex(),
              "Regular expressions of Java; a whole text must match none of them"),
          text(
              Likeness.LIKE,
              Scalars.TEXT,
              "Patterns of SQL with `%` and `_`; the text must be like one of them"),
          text(
              Likeness.NOT_LIKE,
              Scalars.TEXT,
              "Patterns of SQL with `%` and `_`; the text must be like none of them"),
          Field.optional(
              "format",
              Scalar.choice(TextFormat.class).as(ValueRule.Format::new),
              "The text has this form"),
          Field.optional(
              "parses_as",
              new Mapped<>(
                  new Either<>(
                      Scalars.TYPE.as(type -> new ValueRule.ParsesAs(type, Optional.empty())),
                      new Fields<>(
                          "{ type: date, format: dd.MM.yyyy }",
                          List.of(TYPE, FORMAT),
                          r -> new ValueRule.ParsesAs(r.get(TYPE), r.find(FORMAT)))),
                  "a type such as int (or { type: date, format: dd.MM.yyyy })",
                  ValueShapes::parsesAs),
              "The text is a value of this type, read as strictly as a"
                  + " [source](contract.md) is"),
          Field.optional(
              "json_schema",
              Scalar.parsed("a JSON Schema, as text", ValueShapes::jsonSchema),
              "The text is JSON that obeys this schema"));

  private ValueShapes() {}

  private static Field<Rule> one(String name, Function<String, Rule> rule, String doc) {
    return Field.optional(name, new Mapped<>(Scalars.LITERAL, "a value", rule), doc);
  }

  private static Field<Rule> text(Likeness likeness, Shape<String> pattern, String doc) {
    String name = new ValueRule.Text(likeness, List.of()).keyword();
    return list(name, pattern, patterns -> new ValueRule.Text(likeness, patterns), doc);
  }

  private static Field<Rule> list(
      String name, Shape<String> item, Function<List<String>, Rule> rule, String doc) {
    return Field.optional(
        name,
        new Mapped<>(
            new Listed<>(new Items<>(item, "a list of texts"), "a list of texts, or one"),
            "one, or a list of several",
            texts -> rule.apply(filled(texts))),
        doc);
  }

  private static Scalar<String> regex() {
    return Scalar.parsed("a regular expression of Java", text -> CheckShape.matches(text).regex());
  }

  private static List<String> filled(List<String> texts) {
    require(!texts.isEmpty(), "the list is empty");
    return texts;
  }

  private static Rule jsonSchema(String text) {
    TextSchema.of(text);
    return new ValueRule.JsonSchema(text);
  }

  private static Rule isNull(boolean isNull) {
    require(isNull, "it is false");
    return new ValueRule.IsNull();
  }

  private static Rule parsesAs(ValueRule.ParsesAs rule) {
    rule.format()
        .ifPresent(
            format -> {
              switch (rule.type().kind()) {
                case DATE, TIMESTAMP, TIMESTAMP_NTZ -> new TimePattern(format);
                case INT, LONG, FLOAT, DOUBLE, DECIMAL -> new NumberPattern(format);
                default -> require(false, "a %s has no format".formatted(rule.type()));
              }
            });
    return rule;
  }
}
