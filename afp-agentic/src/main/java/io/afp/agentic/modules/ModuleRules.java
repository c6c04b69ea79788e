package io.afp.agentic.modules;

import io.afp.agentic.context.Limits;
import io.afp.agentic.documents.Markdown;
import io.afp.agentic.documents.Section;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tree.PlainPath;
import io.afp.agentic.tree.ProcessTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What holds of modules. */
public final class ModuleRules {

  private static final String RATIONALE = "design/architecture_rationale.md";
  private static final String CHANGELOG = "meta/framework_changelog.md";

  private final ProcessTree tree;
  private final ModuleStructure structure;
  private final ModuleGraphRules graph;
  private final Limits limits;
  private final ModuleLedger ledger;
  private final ModuleTasks tasks;
  private final Set<String> built;
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
    this.graph = new ModuleGraphRules(structure, limits, findings);
    this.limits = limits;
    this.ledger = ledger;
    this.tasks = tasks;
    this.built = Reactor.read(tree.root()).map(Reactor::modules).orElse(Set.of());
    this.findings = findings;
  }

  /** Finds what is wrong with all modules. */
  public void check() {
    structure.modules().forEach(this::check);
    graph.checkCircles();
  }

  /** Finds what is wrong with a module, but for circles. */
  public void check(Module module) {
    graph.check(module);
    checkCode(module);
    checkClosed(module);
    checkRationale(module);
    checkBuild(module);
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
    if (tree.document(RATIONALE).isPresent() && !hasRationale(tree, module)) {
      add(Code.MOD010, module, "no section of %s says why it is there".formatted(RATIONALE));
    }
  }

  /** Whether a section that names a module in its heading says why it is one. */
  public static boolean hasRationale(ProcessTree tree, Module module) {
    return tree.document(RATIONALE).stream()
        .anyMatch(document -> about(document, module).anyMatch(each -> says(document, each)));
  }

  /** It may say it under headings of its own. */
  private static boolean says(Markdown document, Section section) {
    return !section.isEmpty() || document.below(section).length() > section.text().length();
  }

  private static boolean names(Markdown document, Module module) {
    return about(document, module).findAny().isPresent();
  }

  private static Stream<Section> about(Markdown document, Module module) {
    Pattern name = Pattern.compile("(?i).*\\b%s\\b.*".formatted(Pattern.quote(module.name())));
    return document.sections().stream().filter(each -> name.matcher(each.title()).matches());
  }

  private void checkBuild(Module module) {
    module
        .path()
        .filter(path -> !built.isEmpty() && Files.isDirectory(tree.root().resolve(path)))
        .filter(path -> built.stream().noneMatch(b -> path.equals(b) || path.startsWith(b + "/")))
        .ifPresent(path -> add(Code.MOD008, module, "no module of pom.xml is %s".formatted(path)));
  }

  private void add(Code code, Module module, String why) {
    findings.add(code, ProcessTree.path(ModuleStructure.PATH), module.line(), message(module, why));
  }

  static String message(Module module, String why) {
    return "Cannot accept module %s: %s".formatted(module.name(), why);
  }
}
