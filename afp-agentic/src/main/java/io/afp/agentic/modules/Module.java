package io.afp.agentic.modules;

import java.util.List;
import java.util.Optional;

/**
 * A part of the solution that is built by itself.
 *
 * @param layer one of those of the structure
 * @param purpose what it is for, in a sentence
 * @param path the folder of its code, from the root of the project
 * @param dependsOn names of modules
 * @param deliverables files that it has to have when it is closed
 * @param line where it is declared
 */
public record Module(
    String name,
    String layer,
    String purpose,
    Optional<String> path,
    List<String> inputs,
    List<String> outputs,
    List<String> dependsOn,
    List<String> requirements,
    List<String> deliverables,
    int line) {

  /** The same module under a name. */
  Module named(String other) {
    return new Module(
        other, layer, purpose, path, inputs, outputs, dependsOn, requirements, deliverables, line);
  }
}
