package io.afp.agentic.lint;

import io.afp.agentic.documents.Markdown;
import io.afp.agentic.documents.Section;
import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.prompt.Outcome.Status;
import io.afp.agentic.prompt.PromptLog;
import io.afp.agentic.prompt.PromptLog.Sealed;
import io.afp.agentic.prompt.RecordFiles;
import io.afp.agentic.tasks.TaskStatus;
import io.afp.agentic.tree.ProcessTree;
import io.afp.core.text.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What holds of the records of prompts. */
final class PromptRules {

  private static final List<String> SECTIONS =
      List.of("Metadata", "PROMPT", "CONTEXT FILES", "OUTCOME");
  private static final String INDEX = "README";

  private final ProcessTree tree;
  private final List<TaskState> states;
  private final Findings findings;

  PromptRules(ProcessTree tree, List<TaskState> states, Findings findings) {
    this.tree = tree;
    this.states = states;
    this.findings = findings;
  }

  void check() {
    PromptLog log = PromptLog.read(tree.root());
    log.check(findings);
    if (log.brokenLine() > 0) {
      return;
    }
    Map<String, Sealed> sealed = new HashMap<>();
    log.all().forEach(each -> sealed.put(PromptLog.path(each.id()), each));
    sealed.values().forEach(this::checkText);
    for (Markdown record : tree.documentsIn(PromptLog.FOLDER)) {
      if (!record.name().equals(INDEX)) {
        check(record, Optional.ofNullable(sealed.get(record.path())));
      }
    }
    states.forEach(state -> checkLast(state, log.all()));
  }

  private void checkText(Sealed record) {
    String path = PromptLog.path(record.id());
    String text = tree.texts().get(path);
    if (text == null || !Sha256.of(text).equals(record.sha256())) {
      String why = text == null ? "it is gone" : "it was edited";
      findings.add(Code.PRM002, path, 0, "Cannot believe the record of a prompt: " + why);
    }
  }

  private void check(Markdown record, Optional<Sealed> sealed) {
    for (String section : SECTIONS) {
      if (record.section(section).isEmpty()) {
        add(Code.PRM001, record, "it has no section " + section);
      }
    }
    if (sealed.isEmpty()) {
      add(Code.PRM006, record, "it was written by hand, and is not sealed");
    }
    Optional<Section> context = record.section("CONTEXT FILES");
    if (context.isPresent() && context.get().items().isEmpty()) {
      add(Code.PRM007, record, "it names no context file");
    }
    sealed.flatMap(this::state).ifPresent(state -> checkTask(record, sealed.get(), state));
  }

  private Optional<TaskState> state(Sealed record) {
    return states.stream().filter(s -> s.task().id().equals(record.task())).findFirst();
  }

  private void checkTask(Markdown record, Sealed sealed, TaskState state) {
    if (sealed.is(Status.SUCCESS) && !state.wasProven()) {
      add(Code.PRM004, record, "it says SUCCESS, and nothing has ever been proven of its task");
    }
    for (String file : RecordFiles.of(record)) {
      if (!state.task().deliverablePaths().contains(file)) {
        findings.add(Code.TSK007, record.path(), 0, RecordFiles.outside(sealed.task(), file));
      }
    }
  }

  private void checkLast(TaskState state, List<Sealed> all) {
    List<Sealed> records =
        all.stream().filter(each -> each.task().equals(state.task().id())).toList();
    if (records.isEmpty() || state.status().compareTo(TaskStatus.VERIFIED) >= 0) {
      return;
    }
    Sealed last = records.get(records.size() - 1);
    if (last.is(Status.FAILED)) {
      findings.add(
          Code.PRM008,
          PromptLog.path(last.id()),
          0,
          "Cannot go on with %s: its last prompt has failed".formatted(state.task().id()));
    }
  }

  private void add(Code code, Markdown record, String why) {
    findings.add(code, record.path(), 0, "Cannot use %s: %s".formatted(record.path(), why));
  }
}
