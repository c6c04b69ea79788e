package io.afp.agentic.modules;

import io.afp.agentic.context.Limits;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tree.ProcessTree;
import io.afp.core.yaml.Nearest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What holds of the graph that modules make by what they need. */
final class ModuleGraphRules {

  private final ModuleStructure structure;
  private final Limits limits;
  private final Findings findings;

  ModuleGraphRules(ModuleStructure structure, Limits limits, Findings findings) {
    this.structure = structure;
    this.limits = limits;
    this.findings = findings;
  }

  /** Finds what is wrong with the layer and the needs of a module. */
  void check(Module module) {
    checkLayer(module);
    checkNeeds(module);
  }

  private void checkLayer(Module module) {
    if (!structure.layers().contains(module.layer())) {
      String known = "Layers: %s.".formatted(String.join(", ", structure.layers()));
      add(
          Code.MOD001,
          module,
          "there is no layer %s".formatted(module.layer()),
          Nearest.fix(module.layer(), structure.layers(), known));
    }
  }

  private void checkNeeds(Module module) {
    for (String name : module.dependsOn()) {
      Optional<Module> needed = structure.find(name);
      if (needed.isEmpty()) {
        String known = "Modules: %s.".formatted(String.join(", ", structure.names()));
        add(
            Code.MOD001,
            module,
            "it needs %s, which is no module".formatted(name),
            Nearest.fix(name, structure.names(), known));
      } else if (rank(module) >= 0 && rank(needed.get()) > rank(module)) {
        add(
            Code.MOD003,
            module,
            "it is of the layer %s and needs %s of the layer %s"
                .formatted(module.layer(), name, needed.get().layer()));
      }
    }
    if (module.dependsOn().size() > limits.fanOut()) {
      add(
          Code.MOD005,
          module,
          "it needs %d others, at most %d are meant"
              .formatted(module.dependsOn().size(), limits.fanOut()));
    }
  }

  private int rank(Module module) {
    return structure.layers().indexOf(module.layer());
  }

  /** Finds modules that need themselves by way of others. */
  void checkCircles() {
    Set<String> reported = new HashSet<>();
    for (Module module : structure.modules()) {
      List<String> circle = circle(module);
      if (!circle.isEmpty() && reported.add(circle.stream().sorted().toList().toString())) {
        add(Code.MOD002, module, String.join(" needs ", circle) + " needs " + module.name());
      }
    }
  }

  /** The shortest way from a module back to itself, without its end; empty where there is none. */
  private List<String> circle(Module start) {
    Deque<List<String>> ways = new ArrayDeque<>(List.of(List.of(start.name())));
    Set<String> seen = new HashSet<>();
    while (!ways.isEmpty()) {
      List<String> way = ways.remove();
      String last = way.get(way.size() - 1);
      for (String next : structure.find(last).map(Module::dependsOn).orElse(List.of())) {
        if (next.equals(start.name())) {
          return way;
        }
        if (seen.add(next)) {
          List<String> longer = new ArrayList<>(way);
          longer.add(next);
          ways.add(longer);
        }
      }
    }
    return List.of();
  }

  private void add(Code code, Module module, String why) {
    add(code, module, why, code.fix());
  }

  private void add(Code code, Module module, String why, String fix) {
    String path = ProcessTree.path(ModuleStructure.PATH);
    findings.add(code, path, module.line(), ModuleRules.message(module, why), fix);
  }
}
