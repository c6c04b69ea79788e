package io.afp.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Values as Python writes them. */
final class Python {

  private Python() {}

  /** What a DAG begins with. */
  static String header(String title) {
    return "\"\"\"%s.\n\n%s: change the pipelines, or the section airflow, and generate again.\n\"\"\"\n\n"
        .formatted(docstring(title), DagFile.MARK);
  }

  /**
   * Takes names from the module beside a DAG, also where the folder of both is below that of all.
   */
  static String imports(String names) {
    return """
        import os
        import sys

        sys.path.append(os.path.dirname(__file__))

        from afp_airflow import %s  # noqa: E402

        """
        .formatted(names);
  }

  private static String docstring(String text) {
    return text.strip().replaceFirst("\\.$", "").replace("\\", "\\\\").replace("\"", "\\\"");
  }

  static String text(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      quoted.append(escaped(c));
    }
    return quoted.append('"').toString();
  }

  private static String escaped(char c) {
    if (c == '"' || c == '\\') {
      return "\\" + c;
    }
    return c >= ' ' && c != 0x7f ? Character.toString(c) : "\\u%04x".formatted((int) c);
  }

  /** On one line where they are few. */
  static String texts(List<String> texts) {
    return list(texts.stream().map(Python::text).toList());
  }

  /** A list of what is Python already. */
  static String list(List<String> values) {
    String line = "[" + String.join(", ", values) + "]";
    return line.length() <= 80 ? line : values.stream().collect(lines("[", "]"));
  }

  static String dictionary(Map<String, String> values) {
    return values.entrySet().stream()
        .map(entry -> text(entry.getKey()) + ": " + entry.getValue().replace("\n", "\n    "))
        .collect(lines("{", "}"));
  }

  private static Collector<CharSequence, ?, String> lines(String open, String close) {
    return Collectors.joining(",\n    ", open + "\n    ", ",\n" + close);
  }

  /** In the largest unit that it is whole of. */
  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds > 0 && seconds % 86_400 == 0) {
      return "timedelta(days=%d)".formatted(seconds / 86_400);
    }
    if (seconds > 0 && seconds % 3_600 == 0) {
      return "timedelta(hours=%d)".formatted(seconds / 3_600);
    }
    if (seconds > 0 && seconds % 60 == 0) {
      return "timedelta(minutes=%d)".formatted(seconds / 60);
    }
    return "timedelta(seconds=%d)".formatted(seconds);
  }
}
