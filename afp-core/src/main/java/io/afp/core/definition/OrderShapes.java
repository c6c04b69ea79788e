package io.afp.core.definition;

import io.afp.core.definition.CheckDef.Rule;
import io.afp.core.definition.OrderRule.Course;
import io.afp.core.definition.SortField.Direction;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Listed;
import io.afp.core.yaml.Mapped;
import io.afp.core.yaml.Scalar;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What rules about the order of rows look like. */
final class OrderShapes {

  private static final Pattern WRITTEN = Pattern.compile("(.+?)(?: (asc|desc))?");
  private static final String EXPECTS = "a mapping such as { by: at, in_each: device }";

  private static final Field<List<SortField>> BY =
      Field.required(
          "by",
          new Listed<>(
              new Items<>(
                  Scalar.parsed("a column, alone or with asc or desc", OrderShapes::field)
                      .like(WRITTEN),
                  "a list of columns"),
              "a list of columns, or one"),
          "The columns that the rows are in the order of, each alone or with `asc` or `desc`");
  private static final Field<List<String>> IN_EACH =
      Field.optional(
              "in_each",
              new Listed<>(
                  new Items<>(Scalars.COLUMN, "a list of columns"), "a list of columns, or one"),
              List.of(),
              "Columns: rows with the same values in them are judged by themselves")
          .otherwise("all rows are judged together");

  static final List<Field<Rule>> ALL =
      List.of(
          rule(
              Course.ORDERED,
              "No value is smaller than that of the row before, in an [order](quality.md#order-of-rows)"),
          rule(
              Course.INCREASING,
              "Each value is larger than that of the row before, in an [order](quality.md#order-of-rows)"));

  private OrderShapes() {}

  private static Field<Rule> rule(Course course, String doc) {
    return Field.optional(
        course.keyword(),
        new Mapped<>(
            new Fields<>(EXPECTS, List.of(BY, IN_EACH), r -> r),
            EXPECTS,
            r -> {
              CheckShape.require(!r.get(BY).isEmpty(), "by has no column");
              return new OrderRule(course, r.get(BY), r.get(IN_EACH));
            }),
        doc);
  }

  private static SortField field(String text) {
    Matcher parts = WRITTEN.matcher(text);
    CheckShape.require(parts.matches(), "it is empty");
    Direction direction = "desc".equals(parts.group(2)) ? Direction.DESC : Direction.ASC;
    return new SortField(parts.group(1), direction);
  }
}
