package io.afp.core.schema;

import io.afp.core.yaml.Either;
import io.afp.core.yaml.Entries;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Mapped;
import io.afp.core.yaml.Scalar;
import io.afp.core.yaml.Shape;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of the keys of a mapping, in Markdown.
 *
 * <p>A key with a heading of its own on the page links to it. The keys of another mapping inside
 * follow right after it, as {@code interval.unit}.
 */
final class KeyTable {

  private static final String HEAD = "| key | value | without it | meaning |\n|---|---|---|---|\n";

  /** Mappings, lists and quoted texts as a user writes them, and words after "such as". */
  private static final String CODE =
      "(?:\\w+: )?\\{.*}|\\[.*]\\*?|\"[^\"]*\"|(?<=such as )\\w\\S*"
          + "|(?<=such as \\w{1,20} or )\\w\\S*";

  private final Set<String> headings;

  /**
   * @param headings the keys that have a heading of their own
   */
  KeyTable(Set<String> headings) {
    this.headings = headings;
  }

  /** The table at a path such as {@code table.columns.checks}. */
  String of(String path) {
    List<String> keys = List.of(path.split("\\."));
    Fields<?> fields = YamlFile.named(keys.get(0)).shape;
    for (String key : keys.subList(1, keys.size())) {
      fields = inside(field(fields, key).shape());
    }
    return HEAD + rows("", fields).collect(Collectors.joining());
  }

  private static Field<?> field(Fields<?> fields, String key) {
    return fields.fields().stream().filter(f -> f.name().equals(key)).findFirst().orElseThrow();
  }

  /** The mapping with known keys that a value is, or is made of. */
  private static Fields<?> inside(Shape<?> shape) {
    if (shape instanceof Items<?> items) {
      return inside(items.item());
    } else if (shape instanceof Entries<?> entries) {
      return inside(entries.entry());
    }
    return (Fields<?>) unmapped(shape);
  }

  private Stream<String> rows(String prefix, Fields<?> fields) {
    return fields.fields().stream().flatMap(field -> rows(prefix, field));
  }

  private Stream<String> rows(String prefix, Field<?> field) {
    String key = prefix + field.name();
    Stream<String> row =
        Stream.of(
            "| `%s` | %s | %s | %s |\n".formatted(key, value(field), without(field), field.doc()));
    boolean follows =
        unmapped(field.shape()) instanceof Fields<?> && !headings.contains(field.name());
    return follows ? Stream.concat(row, rows(key + ".", (Fields<?>) unmapped(field.shape()))) : row;
  }

  private static Shape<?> unmapped(Shape<?> shape) {
    if (shape instanceof Either<?> either) {
      return either.mapping();
    }
    return shape instanceof Mapped<?, ?> mapped ? mapped.shape() : shape;
  }

  private String value(Field<?> field) {
    String value = written(field.shape());
    boolean isExplained = headings.contains(field.name()) && !isText(field.shape());
    String linked = isExplained ? "[%s](#%s)".formatted(value, field.name()) : value;
    return field.isRequired() ? linked + ", required" : linked;
  }

  /** A key of a column may be called like a part of the table that has a section. */
  private static boolean isText(Shape<?> shape) {
    return shape instanceof Scalar<?> scalar && scalar.choices().isEmpty();
  }

  private static String written(Shape<?> shape) {
    if (shape instanceof Either<?> either) {
      return written(either.word()) + ", or " + written(either.mapping());
    }
    if (shape instanceof Scalar<?> scalar && !scalar.choices().isEmpty()) {
      return String.join(", ", scalar.choices().stream().map(KeyTable::code).toList())
          .replaceFirst(", (`\\w+`)$", " or $1");
    }
    return shape.expects().replaceAll(CODE, "`$0`");
  }

  private static String without(Field<?> field) {
    return field.writtenDefault().map(KeyTable::code).orElse(field.otherwise());
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
