package io.afp.agentic.prompt;

import io.afp.agentic.prompt.Prompt.ContextFile;
import io.afp.agentic.secret.Secrets;
import io.afp.agentic.tree.Git;
import io.afp.core.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The text of the record of a prompt: for people as the process wants it, for tools in the front
 * matter. Secrets are left out.
 *
 * @param id the name of its file without the ending
 */
record PromptRecord(Path root, String id, int version, Run run, Outcome outcome) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /** Where it is, from the root of the project. */
  String path() {
    return PromptLog.path(id);
  }

  String text() {
    return Secrets.without(head() + body(), System.getenv());
  }

  private String head() {
    return """
        ---
        task: %s
        version: %d
        refinement: %s
        runner: %s
        started: %s
        ended: %s
        prompt_sha256: %s
        git_before: %s
        git_after: %s
        status: %s
        %s---
        """
        .formatted(
            run.prompt().task(),
            version,
            run.refinement().map(Refinement::toString).orElse("none"),
            run.runner(),
            run.started(),
            run.ended(),
            Sha256.of(run.prompt().text()),
            run.before(),
            run.after(),
            outcome.status(),
            run.answer().map(PromptRecord::usage).orElse(""));
  }

  private static String usage(AgentAnswer answer) {
    return "usage: { session: \"%s\", usd: %s, turns: %d, input_tokens: %d, output_tokens: %d }\n"
        .formatted(
            answer.session().replaceAll("[^A-Za-z0-9-]", ""),
            String.format(Locale.ROOT, "%.4f", answer.usd()),
            answer.turns(),
            answer.inputTokens(),
            answer.outputTokens());
  }

  private String body() {
    String fence = Fence.around(run.prompt().text());
    return """
        # %s

        ## Metadata

        - Timestamp: %s
        - Developer: %s
        - Claude Model: %s
        - Task Reference: tasks/%s.md

        ## PROMPT

        %s
        %s
        %s

        ## CONTEXT FILES REFERENCED

        %s

        ## OUTCOME

        %s- Status: %s
        - Notes: %s

        ## FOLLOW-UP PROMPTS

        Records of the same task with a higher version.
        """
        .formatted(
            path(),
            TIME.format(run.started()),
            run.developer(),
            run.model().isEmpty() ? "unknown" : run.model().replaceAll("\\s+", " "),
            run.prompt().task(),
            fence,
            Secrets.without(run.prompt().text().strip(), System.getenv()),
            fence,
            files(),
            outcome.changes().stream().map(this::change).collect(Collectors.joining()),
            outcome.status(),
            outcome.notes().isEmpty() ? "None" : inOneLine(outcome.notes()));
  }

  private String files() {
    List<ContextFile> files = run.prompt().files();
    return files.isEmpty()
        ? "None"
        : files.stream().map(PromptRecord::file).collect(Collectors.joining("\n"));
  }

  private static String file(ContextFile file) {
    String included = file.included() ? "" : ", not included";
    return "- %s (sha256 %s%s)".formatted(file.path(), file.sha256(), included);
  }

  private String change(Git.Change change) {
    Path file = root.resolve(change.path());
    if (!Files.isRegularFile(file)) {
      return "- Deleted: %s (%d lines)\n".formatted(change.path(), change.deleted());
    }
    return change.deleted() == 0 && lines(file) == change.added()
        ? "- Generated: %s (%d lines)\n".formatted(change.path(), change.added())
        : "- Modified: %s (+%d -%d lines)\n"
            .formatted(change.path(), change.added(), change.deleted());
  }

  private static long lines(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      long ends = 0;
      for (byte b : bytes) {
        ends += b == '\n' ? 1 : 0;
      }
      return bytes.length > 0 && bytes[bytes.length - 1] != '\n' ? ends + 1 : ends;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an agent says is data: it makes no headings and no boxes. */
  private static String inOneLine(String text) {
    return "`%s`".formatted(text.strip().replaceAll("\\s+", " ").replace('`', '\''));
  }
}
