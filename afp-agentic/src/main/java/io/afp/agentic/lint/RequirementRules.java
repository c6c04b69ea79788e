package io.afp.agentic.lint;

import io.afp.agentic.context.ContextFile;
import io.afp.agentic.context.SystemContext;
import io.afp.agentic.documents.Markdown;
import io.afp.agentic.documents.Row;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.modules.Module;
import io.afp.agentic.modules.ModuleStructure;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tree.ProcessTree;
import io.afp.core.yaml.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What holds of requirements, and of what names them. */
final class RequirementRules {

  private static final String DOCUMENT = "requirements/business_requirements.md";
  private static final String[] MEASURES = {
    "success criterion", "criterion", "success criteria", "measure", "metric", "acceptance"
  };
  private static final String[] THRESHOLDS = {"threshold", "target", "max"};

  private final ProcessModel model;
  private final Findings findings;

  RequirementRules(ProcessModel model, Findings findings) {
    this.model = model;
    this.findings = findings;
  }

  void check() {
    model.tree().document(DOCUMENT).ifPresent(this::check);
    String context = ProcessTree.path(ContextFile.PATH);
    model.context().slas().forEach(sla -> checkOwner(sla.id(), sla.owner(), context, sla.line()));
  }

  private void check(Markdown document) {
    List<Requirement> requirements = Requirement.of(document);
    Set<String> ids = new HashSet<>();
    for (Requirement each : requirements) {
      if (!ids.add(each.id())) {
        add(Code.REQ001, document, each, "it is there twice");
      } else if (each.is("SLA")) {
        checkSla(document, each);
      } else if (each.is("BR") && !isMeasured(each)) {
        add(Code.REQ002, document, each, "nothing says how it is measured");
      }
    }
    checkTasks(document, requirements);
    checkNames(ids);
  }

  /** By a column for it, else by a number in it. */
  private static boolean isMeasured(Requirement requirement) {
    Optional<Row> measured = requirement.row().filter(row -> row.has(MEASURES));
    return measured.isPresent()
        ? measured.get().cell(MEASURES).isPresent()
        : requirement.text().chars().anyMatch(Character::isDigit);
  }

  private void checkSla(Markdown document, Requirement sla) {
    if (sla.row().isEmpty()) {
      return; // in words; the context has the numbers
    }
    Row row = sla.row().get();
    if (row.cell("metric").isEmpty()) {
      add(Code.REQ005, document, sla, "it has no metric");
    } else if (row.cell(THRESHOLDS).isEmpty()) {
      add(Code.REQ005, document, sla, "it has no threshold");
    } else if (row.cell("owner").isEmpty()) {
      add(Code.REQ005, document, sla, "it has no owner");
    } else {
      checkOwner(sla.id(), row.cell("owner").get(), document.path(), sla.line());
    }
  }

  private void checkOwner(String sla, String owner, String path, int line) {
    List<String> known =
        model.context().stakeholders().stream().map(SystemContext.Stakeholder::id).toList();
    if (model.context().named(owner).findAny().isEmpty()) {
      findings.add(
          Code.REQ006,
          path,
          line,
          "Cannot ask the owner of %s: %s is no stakeholder".formatted(sla, owner),
          Nearest.fix(owner, known, Code.REQ006.fix()));
    }
  }

  private void checkTasks(Markdown document, List<Requirement> requirements) {
    Set<String> worked =
        model.tasks().stream()
            .flatMap(task -> task.header().requirements().stream())
            .collect(Collectors.toSet());
    for (Requirement each : requirements) {
      if (each.is("BR") && !model.tasks().isEmpty() && !worked.contains(each.id())) {
        add(Code.REQ003, document, each, "no task names it");
      }
    }
  }

  private void checkNames(Set<String> known) {
    for (TaskFile task : model.tasks()) {
      int line = task.line("requirements");
      task.header().requirements().forEach(id -> checkName(id, known, task.path(), line));
    }
    for (Module module : model.structure().modules()) {
      String path = ProcessTree.path(ModuleStructure.PATH);
      module.requirements().forEach(id -> checkName(id, known, path, module.line()));
    }
  }

  private void checkName(String id, Set<String> known, String path, int line) {
    if (!known.contains(id)) {
      findings.add(
          Code.REQ004,
          path,
          line,
          "Cannot find requirement %s: %s has none of that id".formatted(id, DOCUMENT),
          Nearest.fix(id, known, Code.REQ004.fix()));
    }
  }

  private void add(Code code, Markdown document, Requirement requirement, String why) {
    findings.add(
        code,
        document.path(),
        requirement.line(),
        "Cannot use requirement %s: %s".formatted(requirement.id(), why));
  }
}
