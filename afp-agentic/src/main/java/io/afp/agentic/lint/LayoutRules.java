package io.afp.agentic.lint;

import io.afp.agentic.context.ContextFile;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.tree.PlainPath;
import io.afp.agentic.tree.ProcessTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where files are, and how long the one may be that agents read each time. */
final class LayoutRules {

  private static final String AGENTS = "AGENTS.md";
  private static final String OLDER_PROMPTS = "executed_prompts";

  private final ProcessModel model;
  private final ProcessTree tree;
  private final Findings findings;

  LayoutRules(ProcessModel model, Findings findings) {
    this.model = model;
    this.tree = model.tree();
    this.findings = findings;
  }

  void check() {
    checkAgents();
    checkPlaces();
  }

  private void checkAgents() {
    Optional<Path> file = PlainPath.inside(tree.root(), AGENTS).filter(Files::isRegularFile);
    if (file.isEmpty()) {
      return;
    }
    // Bytes as they are: in another encoding it is as long.
    try (Stream<String> lines = Files.lines(file.get(), StandardCharsets.ISO_8859_1)) {
      long count = lines.count();
      if (count > model.context().limits().agentLines()) {
        findings.add(
            Code.DOC010,
            AGENTS,
            0,
            "Cannot expect agents to follow %s: it has %d lines, at most %d are meant"
                .formatted(AGENTS, count, model.context().limits().agentLines()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void checkPlaces() {
    if (tree.has(ContextFile.OLDER_PATH)) {
      reportPlace(ContextFile.OLDER_PATH, ContextFile.PATH);
    }
    if (tree.has(OLDER_PROMPTS)) {
      reportPlace(OLDER_PROMPTS, "progress/" + OLDER_PROMPTS);
    }
  }

  private void reportPlace(String older, String place) {
    findings.add(
        Code.DOC012,
        ProcessTree.path(older),
        0,
        "Cannot keep %s here: its place is %s".formatted(older, place),
        "Move it to %s.".formatted(ProcessTree.path(place)));
  }
}
