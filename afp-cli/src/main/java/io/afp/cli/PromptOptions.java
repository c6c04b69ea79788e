package io.afp.cli;

import io.afp.agentic.prompt.Prompt;
import io.afp.agentic.prompt.PromptBuilder;
import io.afp.agentic.prompt.Refinement;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tree.ProcessTree;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a prompt is made of. */
final class PromptOptions {

  @Option(
      names = "--refine",
      paramLabel = "ASPECT",
      description = "Asks for a further step: ${COMPLETION-CANDIDATES}.")
  Refinement refinement;

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      defaultValue = "" + PromptBuilder.DEFAULT_BYTES,
      description = "How long a prompt may be; files that don't fit are only named.")
  int room;

  Optional<Refinement> refinement() {
    return Optional.ofNullable(refinement);
  }

  Prompt build(ProcessTree tree, TaskFile task) {
    return new PromptBuilder(tree, room).build(task, refinement());
  }
}
