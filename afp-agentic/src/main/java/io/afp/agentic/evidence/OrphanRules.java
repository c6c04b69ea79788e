package io.afp.agentic.evidence;

import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tree.ProcessTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Evidence of tasks that are gone: work began, and what was promised can't be read any more. */
public final class OrphanRules {

  private OrphanRules() {}

  /** Finds journals without a task. */
  public static void check(Path root, List<TaskFile> tasks, Findings findings) {
    Path folder = root.resolve(Journal.FOLDER);
    if (!Files.isDirectory(folder)) {
      return;
    }
    Set<String> known = tasks.stream().map(Journal::path).collect(Collectors.toSet());
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .map(file -> ProcessTree.name(root, file))
          .filter(name -> name.endsWith(".jsonl") && !known.contains(name))
          .forEach(
              name ->
                  findings.add(
                      Code.TSK008,
                      name,
                      0,
                      "Cannot tell what this is evidence of: its task is gone",
                      "Restore the task from git, or delete its evidence in the same commit."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
