package io.afp.agentic.progress;

import io.afp.agentic.evidence.Proof;
import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.modules.Module;
import io.afp.agentic.tasks.TaskStatus;
import io.afp.agentic.tree.ProcessTree;
import io.afp.agentic.tree.TextFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The texts of the status files, by their paths. Blockers, notes and learnings are written by
 * people and stay as they are; everything else is computed.
 */
public final class StatusFiles {

  private static final String CURRENT = "progress/current_module_status.md";
  private static final String PROJECT = "progress/project_status.md";
  private static final String NEXT = "progress/next_module_guide.md";

  private final ProcessModel model;
  private final List<ModuleState> modules;

  private StatusFiles(ProcessModel model) {
    this.model = model;
    this.modules = ModuleState.all(model);
  }

  /**
   * The paths of all files.
   *
   * @param modules whether there are modules, and so a current one
   */
  public static List<String> paths(boolean modules) {
    return (modules ? List.of(CURRENT, PROJECT, NEXT) : List.of(PROJECT, NEXT))
        .stream().map(ProcessTree::path).toList();
  }

  /** All files, with one module as the current one. */
  public static Map<String, String> of(ProcessModel model, String current) {
    StatusFiles files = new StatusFiles(model);
    Map<String, String> texts = new LinkedHashMap<>();
    files.find(current).ifPresent(m -> texts.put(ProcessTree.path(CURRENT), files.current(m)));
    texts.put(ProcessTree.path(PROJECT), files.project());
    texts.put(ProcessTree.path(NEXT), files.next());
    return texts;
  }

  /** Writes all files, with one module as the current one. */
  public static void write(ProcessModel model, String current) {
    of(model, current).forEach((path, text) -> TextFile.write(model.tree().root(), path, text));
  }

  private Optional<ModuleState> find(String name) {
    return modules.stream().filter(m -> m.module().name().equals(name)).findFirst();
  }

  private String current(ModuleState state) {
    ModuleNotes notes = ModuleNotes.of(model.tree().document(CURRENT));
    return """
        # Current Module Status

        ## Module: %s

        ## Status: %s

        ## Completion: %d%%

        ## Next Steps:

        %s

        %s
        """
        .formatted(
            state.module().name(),
            state.status().name(),
            state.completion(),
            steps(state),
            notes.text(state.module().name()));
  }

  private static String steps(ModuleState state) {
    if (state.tasks().isEmpty()) {
      return "No task yet.";
    }
    String steps =
        state.tasks().stream()
            .filter(task -> task.status() != TaskStatus.CLOSED)
            .map(StatusFiles::step)
            .collect(Collectors.joining("\n"));
    return steps.isEmpty() ? "All tasks are closed." : steps;
  }

  private static String step(TaskState state) {
    String id = state.task().id();
    if (!state.isStarted()) {
      return "- [ ] Start `%s`".formatted(id);
    }
    String open =
        state.proofs().entrySet().stream()
            .filter(proof -> proof.getValue() != Proof.PROVEN)
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    return open.isEmpty()
        ? "- [ ] Close `%s`".formatted(id)
        : "- [ ] Verify `%s`: %s".formatted(id, open);
  }

  private String project() {
    String rows =
        modules.stream()
            .map(
                m ->
                    "| %s | %s | %s | %d%% | %d |"
                        .formatted(
                            m.module().name(),
                            m.module().layer(),
                            m.status(),
                            m.completion(),
                            m.tasks().size()))
            .collect(Collectors.joining("\n"));
    String learnings =
        model
            .tree()
            .document(PROJECT)
            .flatMap(d -> d.section("Learnings").map(d::below))
            .filter(text -> !text.isEmpty())
            .orElse("None yet.");
    return """
        # Project Status

        | module | layer | status | complete | tasks |
        |---|---|---|---|---|
        %s

        ## Learnings

        %s
        """
        .formatted(rows, learnings);
  }

  private String next() {
    Optional<ModuleState> next =
        modules.stream()
            .filter(m -> m.status() != ModuleState.Status.CLOSED)
            .filter(m -> m.module().dependsOn().stream().allMatch(model.ledger()::isClosed))
            .findFirst();
    return next.map(m -> guide(m.module())).orElse("# Next Module Guide\n\nNo module is left.\n");
  }

  private String guide(Module module) {
    String name = module.name();
    return """
        # Next Module Guide

        The next module is `%s` of the layer %s: %s

        1. Close what is done: `afp module check`, then `afp module close` for each module whose tasks are closed.
        2. Plan: `afp task new %s/feature` for each piece of work, and write the task.
        3. Execute: `afp task start`, do the work, `afp task verify`, `afp task close`.
        4. Document: a heading `%s` in `meta/framework_changelog.md`, and what was decided in `progress/decisions_log.md`.
        """
        .formatted(name, module.layer(), module.purpose(), name, name);
  }
}
