package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.prompt.Outcome;
import io.afp.agentic.prompt.Prompt;
import io.afp.agentic.prompt.PromptWork.Recorded;
import io.afp.agentic.tree.Git;
import io.afp.core.text.Sha256;

/** Prompts and their records in JSON. */
final class PromptJson {

  private PromptJson() {}

  static ObjectNode of(Prompt prompt) {
    ObjectNode node = Output.JSON.createObjectNode();
    node.put("task", prompt.task())
        .put("sha256", Sha256.of(prompt.text()))
        .put("text", prompt.text());
    ArrayNode files = node.putArray("files");
    for (Prompt.ContextFile file : prompt.files()) {
      files
          .addObject()
          .put("path", file.path())
          .put("sha256", file.sha256())
          .put("bytes", file.bytes())
          .put("included", file.included());
    }
    return node;
  }

  static ObjectNode of(Recorded recorded) {
    Outcome outcome = recorded.outcome();
    ObjectNode node = Output.JSON.createObjectNode();
    node.put("record", recorded.path())
        .put("status", outcome.status().name())
        .put("notes", outcome.notes());
    ArrayNode files = node.putArray("changes");
    outcome
        .changes()
        .forEach(
            change ->
                files
                    .addObject()
                    .put("path", change.path())
                    .put("added", change.added())
                    .put("deleted", change.deleted()));
    return node;
  }

  static String text(Recorded recorded) {
    Outcome outcome = recorded.outcome();
    return "%s: %s\n%s"
        .formatted(
            outcome.status(),
            Cell.list(outcome.changes().stream().map(Git.Change::path).toList()),
            recorded.path());
  }
}
