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

  /** The text; its lines start so many blanks from the left, but for the first one. */
  String at(int indent) {
    StringBuilder text = new StringBuilder(head).append("(\n");
    String blanks = " ".repeat(indent + 4);
    for (String argument : arguments) {
      text.append(blanks).append(argument.replace("\n", "\n" + blanks)).append(",\n");
    }
    return text.append(" ".repeat(indent)).append(')').toString();
  }
}
