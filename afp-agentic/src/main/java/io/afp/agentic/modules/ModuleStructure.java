package io.afp.agentic.modules;

import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tree.ProcessTree;
import java.util.List;
import java.util.Optional;

/**
 * What {@code design/module_structure.yaml} says.
 *
 * @param layers from the lowest to the highest; a module needs none of a higher layer
 * @param modules in the order in which they are declared
 */
public record ModuleStructure(List<String> layers, List<Module> modules) {

  /** Its place. */
  public static final String PATH = "design/module_structure.yaml";

  /** Where it says nothing of layers, those of the process. */
  static final List<String> LAYERS =
      List.of("common", "ingestion", "transform", "quality", "serving", "orchestration");

  private static final ModuleStructure NONE = new ModuleStructure(LAYERS, List.of());

  /** The structure; without a module where there is none, or none that can be read. */
  public static ModuleStructure read(ProcessTree tree, Findings findings) {
    return tree.yaml(PATH, ModuleShape.SHAPE, Code.MOD001, findings).orElse(NONE);
  }

  /** The module of a name. */
  public Optional<Module> find(String name) {
    return modules.stream().filter(m -> m.name().equals(name)).findFirst();
  }

  /** The names of all. */
  public List<String> names() {
    return modules.stream().map(Module::name).toList();
  }
}
