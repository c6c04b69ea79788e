package io.afp.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A call in Python, one argument a line.
 *
 * @param head what stands before the bracket
 */
record PythonCall(String head, List<String> arguments) {

  PythonCall(String head) {
    this(head, List.of());
  }

  PythonCall {
    arguments = List.copyOf(arguments);
  }

  PythonCall add(String argument) {
    List<String> more = new ArrayList<>(arguments);
    more.add(argument);
    return new PythonCall(head, more);
  }

  PythonCall add(String name, String value) {
    return add(name + "=" + value);
  }

  PythonCall add(String name, Optional<String> value) {
    return value.map(v -> add(name, v)).orElse(this);
  }

  PythonCall addIf(boolean condition, String name, String value) {
    return condition ? add(name, value) : this;
  }

  /** The text; its lines start so many blanks from the left. */
  String at(int indent) {
    String left = " ".repeat(indent);
    String inner = " ".repeat(indent + 4);
    StringBuilder text = new StringBuilder(left).append(head).append("(\n");
    for (String argument : arguments) {
      text.append(inner).append(argument.replace("\n", "\n" + inner)).append(",\n");
    }
    return text.append(left).append(')').toString();
  }
}
