package io.afp.core.definition;

import io.afp.core.definition.CheckDef.Rule;
import io.afp.core.definition.MetricRule.Association;
import io.afp.core.definition.MetricRule.Link;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Mapped;
import java.util.List;

/** What rules about what two columns have to do with each other look like. */
final class AssociationShapes {

  private static final String EXPECTS = "a mapping such as { of: [a, b], between: [0.8, 1] }";

  private static final Field<List<String>> OF =
      Field.required(
          "of",
          new Mapped<>(
              new Items<>(Scalars.COLUMN, "a list of columns"),
              "a list of two columns",
              AssociationShapes::two),
          "The two columns");
  private static final Field<Levels<Bounds>> BETWEEN =
      Field.required(
          "between",
          Levels.shape(MetricShapes.NUMBERS, MetricShapes::isInside),
          "Where the number lies");

  static final List<Field<Levels<Rule>>> ALL =
      List.of(
          association(
              Link.CORRELATION,
              "How near two columns of numbers are to a line, from -1 to 1, lies between these"),
          association(
              Link.CRAMERS_V,
              "How far the values of one column tell those of the other, from 0 to 1, lies between"
                  + " these"),
          association(
              Link.MUTUAL_INFORMATION,
              "How much the values of one column tell of those of the other, in natural units, lies"
                  + " between these"));

  private AssociationShapes() {}

  private static Field<Levels<Rule>> association(Link link, String doc) {
    return Field.optional(
        link.keyword(),
        new Mapped<>(
            new Fields<>(
                EXPECTS,
                List.of(OF, BETWEEN),
                r -> r.get(BETWEEN).map(b -> (Rule) new Association(link, r.get(OF), b))),
            EXPECTS,
            levels -> levels),
        doc);
  }

  private static List<String> two(List<String> columns) {
    CheckShape.require(columns.size() == 2, "it has %d columns".formatted(columns.size()));
    return columns;
  }
}
