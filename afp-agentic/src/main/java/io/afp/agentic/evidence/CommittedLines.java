package io.afp.agentic.evidence;

import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tree.Git;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Evidence and approvals only grow: what a commit has of them is how they still begin. So whoever
 * computes all seals anew is found as long as the true lines are committed.
 */
public final class CommittedLines {

  private final Path root;
  private final Map<String, Code> others;
  private final Findings findings;

  /**
   * Rules for the files of a project.
   *
   * @param others files that are no evidence of tasks, with the codes for them
   */
  public CommittedLines(Path root, Map<String, Code> others, Findings findings) {
    this.root = root;
    this.others = others;
    this.findings = findings;
  }

  /** Finds what was rewritten since a commit; the evidence of a task that is gone may go too. */
  public void check(List<Git.Blob> committed, List<TaskFile> tasks) {
    Set<String> known = tasks.stream().map(Journal::path).collect(Collectors.toSet());
    for (Git.Blob blob : committed) {
      boolean abandoned = !others.containsKey(blob.path()) && !known.contains(blob.path());
      Path file = root.resolve(blob.path());
      if (!Files.isRegularFile(file)) {
        if (!abandoned) {
          report(blob, "it is committed, and not there any more");
        }
      } else if (!blob.begins(text(file))) {
        report(blob, "its committed lines were rewritten");
      }
    }
  }

  private void report(Git.Blob blob, String why) {
    Code code = others.getOrDefault(blob.path(), Code.TSK008);
    findings.add(code, blob.path(), 0, "Cannot believe %s: %s".formatted(blob.path(), why));
  }

  /** Without what git adds at the ends of lines on some systems: JSON has none inside. */
  private static byte[] text(Path file) {
    try {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      for (byte b : Files.readAllBytes(file)) {
        if (b != '\r') {
          text.write(b);
        }
      }
      return text.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
