package io.afp.agentic.scaffold;

import io.afp.core.definition.CheckDef;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a rule demands, in the words of its definition; of any rule, also of one that is new. */
final class RuleText {

  private RuleText() {}

  /** Its key and what is declared for it, such as {@code between min 1, max 2400}. */
  static String of(CheckDef.Rule rule) {
    String keyword = rule.keyword();
    String parts =
        components(rule)
            .filter(part -> !part.getValue().isEmpty() && !part.getValue().equals(keyword))
            .map(part -> part.getKey() + " " + part.getValue())
            .collect(Collectors.joining(", "));
    return (keyword + " " + parts).strip();
  }

  private static Stream<Map.Entry<String, String>> components(Object declared) {
    return Stream.of(declared.getClass().getRecordComponents())
        .map(part -> Map.entry(part.getName(), text(value(declared, part))));
  }

  private static Object value(Object declared, RecordComponent part) {
    try {
      return part.getAccessor().invoke(declared);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("A rule can not be read: " + declared, e);
    }
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(RuleText::text).orElse("");
    }
    if (value instanceof OptionalLong optional) {
      return optional.isPresent() ? String.valueOf(optional.getAsLong()) : "";
    }
    if (value instanceof Collection<?> several) {
      return several.stream().map(RuleText::text).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(e -> "%s: %s".formatted(e.getKey(), text(e.getValue())))
          .collect(Collectors.joining(", "));
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Enum<?> word) {
      return word.name().toLowerCase(Locale.ROOT);
    }
    return value instanceof Record && !hasOwnText(value) ? nested(value) : value.toString();
  }

  private static boolean hasOwnText(Object value) {
    return !value.toString().startsWith(value.getClass().getSimpleName() + "[");
  }

  private static String nested(Object value) {
    return components(value)
        .filter(part -> !part.getValue().isEmpty())
        .map(part -> part.getKey() + " " + part.getValue())
        .collect(Collectors.joining(" ", "(", ")"));
  }
}
