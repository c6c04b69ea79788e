package io.afp.agentic.modules;

import io.afp.agentic.context.Limits;
import io.afp.agentic.documents.Markdown;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tree.PlainPath;
import io.afp.agentic.tree.ProcessTree;
import io.afp.core.yaml.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What holds of modules and of the graph that they make. */
public final class ModuleRules {

  private static final String RATIONALE = "design/architecture_rationale.md";
  private static final String CHANGELOG = "meta/framework_changelog.md";

  private final ProcessTree tree;
  private final ModuleStructure structure;
  private final Limits limits;
  private final ModuleLedger ledger;
  private final ModuleTasks tasks;
  private final Findings findings;

  /** Rules that know the project around the modules. */
  public ModuleRules(
      ProcessTree tree,
      ModuleStructure structure,
      Limits limits,
      ModuleLedger ledger,
      ModuleTasks tasks,
      Findings findings) {
    this.tree = tree;
    this.structure = structure;
    this.limits = limits;
    this.ledger = ledger;
    this.tasks = tasks;
    this.findings = findings;
  }

  /** Finds what is wrong with all modules. */
  public void check() {
    structure.modules().forEach(this::check);
    checkCircles();
  }

  /** Finds what is wrong with a module, but for circles. */
  public void check(Module module) {
    checkLayer(module);
    checkNeeds(module);
    checkCode(module);
    checkClosed(module);
    checkRationale(module);
    Reactor.read(tree.root()).ifPresent(reactor -> checkBuild(module, reactor.modules()));
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

  private void checkCode(Module module) {
    Optional<Path> folder = module.path().flatMap(path -> PlainPath.inside(tree.root(), path));
    if (module.path().isPresent() && folder.isEmpty()) {
      add(Code.MOD001, module, "its path leads out of the project");
      return;
    }
    ModuleCode code = folder.map(ModuleCode::below).orElse(new ModuleCode(0, 0));
    if (code.lines() == 0) {
      return;
    }
    boolean small = code.lines() < limits.fewestLines() && ledger.isClosed(module.name());
    if (small || code.lines() > limits.mostLines()) {
      add(
          Code.MOD004,
          module,
          "it has %d lines of code, %d to %d are meant"
              .formatted(code.lines(), limits.fewestLines(), limits.mostLines()));
    }
    if (tasks.count(module.name()) == 0) {
      add(Code.MOD006, module, "it has code and no task");
    } else if (code.tests() == 0) {
      add(Code.MOD006, module, "it has code and no test");
    }
  }

  private void checkClosed(Module module) {
    if (!ledger.isClosed(module.name())) {
      return;
    }
    for (String path : module.deliverables()) {
      boolean there = PlainPath.inside(tree.root(), path).filter(Files::isRegularFile).isPresent();
      if (!there) {
        add(Code.MOD007, module, "it is closed, and %s is not there".formatted(path));
      }
    }
    List<String> open = tasks.open(module.name());
    if (!open.isEmpty()) {
      String why = "it is closed, and these tasks are not: " + String.join(", ", open);
      findings.add(Code.MOD009, ProcessTree.path(ModuleLedger.PATH), 0, message(module, why));
    }
    if (tree.document(CHANGELOG).filter(log -> names(log, module)).isEmpty()) {
      String why = "it is closed, and no heading of %s names it".formatted(CHANGELOG);
      findings.add(Code.CHG001, ProcessTree.path(CHANGELOG), 0, message(module, why));
    }
  }

  private void checkRationale(Module module) {
    Optional<Markdown> rationale = tree.document(RATIONALE);
    if (rationale.isPresent() && !names(rationale.get(), module)) {
      add(Code.MOD010, module, "no heading of %s names it".formatted(RATIONALE));
    }
  }

  private static boolean names(Markdown document, Module module) {
    Pattern name = Pattern.compile("(?i).*\\b%s\\b.*".formatted(Pattern.quote(module.name())));
    return document.sections().stream().anyMatch(s -> name.matcher(s.title()).matches());
  }

  private void checkBuild(Module module, Set<String> built) {
    module
        .path()
        .filter(path -> !built.isEmpty() && Files.isDirectory(tree.root().resolve(path)))
        .filter(path -> built.stream().noneMatch(b -> path.equals(b) || path.startsWith(b + "/")))
        .ifPresent(path -> add(Code.MOD008, module, "no module of pom.xml is %s".formatted(path)));
  }

  private void checkCircles() {
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
    findings.add(
        code, ProcessTree.path(ModuleStructure.PATH), module.line(), message(module, why), fix);
  }

  private static String message(Module module, String why) {
    return "Cannot accept module %s: %s".formatted(module.name(), why);
  }
}
