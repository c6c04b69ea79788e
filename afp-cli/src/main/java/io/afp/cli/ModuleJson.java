package io.afp.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.modules.Module;
import io.afp.agentic.progress.ModuleState;

/** Modules in JSON. */
final class ModuleJson {

  private ModuleJson() {}

  static ObjectNode of(ModuleState state, ObjectNode node) {
    Module module = state.module();
    node.put("module", module.name())
        .put("layer", module.layer())
        .put("purpose", module.purpose())
        .put("path", module.path().orElse(null))
        .put("status", state.status().toString())
        .put("completion", state.completion());
    module.dependsOn().forEach(node.putArray("depends_on")::add);
    module.inputs().forEach(node.putArray("inputs")::add);
    module.outputs().forEach(node.putArray("outputs")::add);
    module.requirements().forEach(node.putArray("requirements")::add);
    module.deliverables().forEach(node.putArray("deliverables")::add);
    state.tasks().forEach(task -> TaskJson.row(task, node.withArray("tasks").addObject()));
    return node;
  }
}
