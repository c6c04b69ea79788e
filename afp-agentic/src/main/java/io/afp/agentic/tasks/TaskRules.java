package io.afp.agentic.tasks;

import io.afp.agentic.context.SystemContext;
import io.afp.agentic.documents.Item;
import io.afp.agentic.documents.Section;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.modules.ModuleStructure;
import io.afp.agentic.tasks.TaskFile.Deliverable;
import io.afp.agentic.tree.PlainPath;
import io.afp.agentic.tree.ProcessTree;
import io.afp.core.yaml.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a task has to say before anybody works on it. */
public final class TaskRules {

  private static final int LONGEST_TITLE = 100;
  private static final Pattern NO_VERB =
      Pattern.compile("(?i)(the|a|an|new|my|our|this)|.*(ing|tion|ment|ity)");
  private static final Pattern NO_FILE = Pattern.compile(".*[\\s*?\\[\\]{}].*");

  private final ProcessTree tree;
  private final SystemContext context;
  private final ModuleStructure structure;
  private final Findings findings;

  /** Rules that know the project around a task. */
  public TaskRules(
      ProcessTree tree, SystemContext context, ModuleStructure structure, Findings findings) {
    this.tree = tree;
    this.context = context;
    this.structure = structure;
    this.findings = findings;
  }

  /** Finds what is wrong with a task as it is written. */
  public void check(TaskFile task) {
    checkParts(task);
    checkTitle(task);
    checkHeader(task);
    checkDeliverables(task);
    checkCriteria(task);
    checkBoxes(task);
    for (TaskFile.ContextReference file : task.contextFiles()) {
      if (tree.find(task.path(), file.path()).isEmpty()) {
        String why = "Cannot read context file %s: it is not there".formatted(file.path());
        findings.add(Code.TSK004, task.path(), file.line(), why);
      }
    }
    if (task.isOlder()) {
      findings.add(
          Code.TSK017,
          task.path(),
          1,
          "Cannot keep %s as it is: it has the older form".formatted(task.id()),
          "Run `afp task migrate %s`.".formatted(task.id()));
    }
  }

  private void checkParts(TaskFile task) {
    List<Part> wanted = Part.of(task.header().size());
    List<Part> there = task.parts().keySet().stream().filter(wanted::contains).toList();
    for (Part part : wanted) {
      if (!there.contains(part)) {
        add(Code.TSK001, task, 1, "the section %s is missing".formatted(part.title()));
      } else if (part != Part.TASK && isEmpty(task, part)) {
        int line = task.parts().get(part).line();
        add(Code.TSK001, task, line, "the section %s is empty".formatted(part.title()));
      }
    }
    List<Part> ordered = wanted.stream().filter(there::contains).toList();
    if (!task.isOlder() && !ordered.equals(there)) {
      List<String> titles = ordered.stream().map(Part::title).toList();
      String why = "its sections are not in the order " + String.join(", ", titles);
      add(Code.TSK001, task, 1, why);
    }
  }

  private static boolean isWritten(TaskFile task, Part part) {
    return task.parts().containsKey(part) && !isEmpty(task, part);
  }

  private static boolean isEmpty(TaskFile task, Part part) {
    return task.document().sections().stream()
        .filter(section -> Part.of(section).filter(part::equals).isPresent())
        .allMatch(Section::isEmpty);
  }

  private void checkTitle(TaskFile task) {
    if (!task.parts().containsKey(Part.TASK)) {
      return;
    }
    int line = task.parts().get(Part.TASK).line();
    String title = task.title().orElse("");
    String verb = title.replaceFirst("\\s.*", "");
    if (title.isEmpty()) {
      add(Code.TSK001, task, line, "it has no title");
    } else if (title.length() > LONGEST_TITLE) {
      add(Code.TSK001, task, line, "its title is longer than " + LONGEST_TITLE + " characters");
    } else if (NO_VERB.matcher(verb).matches()) {
      add(Code.TSK001, task, line, "its title begins with no verb (word=%s)".formatted(verb));
    }
  }

  private void checkHeader(TaskFile task) {
    TaskHeader header = task.header();
    if (header.id().filter(id -> !id.equals(task.id())).isPresent()) {
      String why = "its id is not the place of its file (id=%s)".formatted(header.id().get());
      add(Code.TSK013, task, task.line("id"), why, "Write id: " + task.id() + ".");
    }
    String module = header.module().orElse(task.module());
    if (!module.equals(task.module())) {
      String why = "its module is not the folder of its file (module=%s)".formatted(module);
      add(Code.TSK013, task, task.line("module"), why, "Write module: " + task.module() + ".");
    } else if (!structure.modules().isEmpty() && structure.find(module).isEmpty()) {
      String known = "Known modules: %s.".formatted(String.join(", ", structure.names()));
      String why = "there is no module of that name (module=%s)".formatted(module);
      String fix = Nearest.fix(module, structure.names(), known);
      add(Code.TSK013, task, task.line("module"), why, fix);
    }
  }

  private void checkDeliverables(TaskFile task) {
    if (task.deliverables().isEmpty() && isWritten(task, Part.DELIVERABLES)) {
      add(Code.TSK002, task, task.parts().get(Part.DELIVERABLES).line(), "it lists no file");
    }
    for (Deliverable each : task.deliverables()) {
      Optional<Path> path = PlainPath.inside(tree.root(), each.path());
      if (NO_FILE.matcher(each.path()).matches() || each.path().isEmpty()) {
        add(Code.TSK002, task, each.line(), "'%s' names no single file".formatted(each.path()));
      } else if (path.isEmpty()) {
        add(Code.TSK012, task, each.line(), each.path() + " leads out of the project");
      } else if (each.path().endsWith("/") || Files.isDirectory(path.get())) {
        add(Code.TSK002, task, each.line(), each.path() + " is a folder");
      }
    }
  }

  private void checkCriteria(TaskFile task) {
    if (task.criteria().isEmpty() && isWritten(task, Part.SUCCESS_CRITERIA)) {
      add(Code.TSK003, task, task.parts().get(Part.SUCCESS_CRITERIA).line(), "it has no criterion");
    }
    Set<String> ids = new HashSet<>();
    for (Criterion criterion : task.criteria()) {
      if (!ids.add(criterion.id())) {
        add(Code.TSK003, task, criterion.line(), criterion.id() + " is there twice");
      }
      if (criterion.verify().filter(c -> !c.isBlank()).isPresent()
          == criterion.manual().filter(m -> !m.isBlank()).isPresent()) {
        add(
            Code.TSK003,
            task,
            criterion.line(),
            "%s needs either a command or a person".formatted(criterion.id()));
      }
      criterion.verify().ifPresent(command -> checkCommand(task, criterion, command));
    }
  }

  /** A box that is no criterion looks like one that is done. */
  private void checkBoxes(TaskFile task) {
    Set<Integer> known = new HashSet<>();
    task.criteria().forEach(criterion -> known.add(criterion.line()));
    task.document().sections().stream()
        .flatMap(section -> section.items().stream())
        .flatMap(Item::withChildren)
        .filter(item -> item.ticked().isPresent() && !known.contains(item.line()))
        .forEach(
            item ->
                add(Code.TSK003, task, item.line(), "a box here is no criterion, and is not read"));
  }

  private void checkCommand(TaskFile task, Criterion criterion, String command) {
    VerifyCommand.complaint(command, context.policy(), tree.root())
        .ifPresent(
            complaint ->
                findings.add(
                    complaint.code(),
                    task.path(),
                    criterion.line(),
                    "Cannot run the command of %s: %s".formatted(criterion.id(), complaint.why())));
  }

  private void add(Code code, TaskFile task, int line, String why) {
    add(code, task, line, why, code.fix());
  }

  private void add(Code code, TaskFile task, int line, String why, String fix) {
    findings.add(code, task.path(), line, "Cannot use task %s: %s".formatted(task.id(), why), fix);
  }
}
