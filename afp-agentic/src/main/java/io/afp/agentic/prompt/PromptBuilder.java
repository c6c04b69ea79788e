package io.afp.agentic.prompt;

import io.afp.agentic.prompt.Prompt.ContextFile;
import io.afp.agentic.secret.Secrets;
import io.afp.agentic.tasks.Criterion;
import io.afp.agentic.tasks.Part;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tree.ProcessTree;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Assembles prompts: the parts of a task in the order of its type, then the texts of the files that
 * it names, as far as there is room. Equal files give equal prompts.
 */
public final class PromptBuilder {

  /** How many bytes a prompt has room for, unless somebody says otherwise. */
  public static final int DEFAULT_BYTES = 60_000;

  private static final List<String> ALWAYS =
      List.of("context/system_context.yaml", "standards/development_patterns.md");

  private final ProcessTree tree;
  private final int room;

  /** A builder of prompts of at most so many bytes. */
  public PromptBuilder(ProcessTree tree, int room) {
    this.tree = tree;
    this.room = room;
  }

  /**
   * The prompt of a task.
   *
   * @throws AfpException USAGE if not even the task itself fits
   */
  public Prompt build(TaskFile task, Optional<Refinement> refinement) {
    Map<Path, String> files = files(task, refinement);
    String head = clean(head(task, refinement, files));
    int left = room - bytes(head);
    if (left < 0) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot build the prompt: the task alone needs %d bytes (room=%d)"
              .formatted(bytes(head), room),
          "Give it more room by --max-bytes, or make the task shorter.");
    }
    StringBuilder text = new StringBuilder(head);
    List<ContextFile> references = new ArrayList<>();
    for (Map.Entry<Path, String> each : files.entrySet()) {
      Path file = each.getKey();
      String included = included(file);
      boolean fits = bytes(included) <= left && !included.isEmpty();
      if (fits) {
        text.append(included);
        left -= bytes(included);
      }
      references.add(new ContextFile(name(file), each.getValue(), file.toFile().length(), fits));
    }
    return new Prompt(task.id(), text.toString(), List.copyOf(references));
  }

  /** The task first, then what all work needs, then what the task names; with their checksums. */
  private Map<Path, String> files(TaskFile task, Optional<Refinement> refinement) {
    Stream<String> named =
        Stream.of(
                ALWAYS.stream(),
                refinement.map(Refinement::standard).stream(),
                task.contextFiles().stream().map(TaskFile.ContextReference::path))
            .flatMap(s -> s);
    Map<Path, String> files = new LinkedHashMap<>();
    Path itself = tree.root().resolve(task.path());
    files.put(itself, Sha256.of(itself));
    named
        .flatMap(path -> tree.find(task.path(), path).stream())
        .filter(Files::isRegularFile)
        .forEach(file -> files.computeIfAbsent(file, Sha256::of));
    return files;
  }

  private String head(TaskFile task, Optional<Refinement> refinement, Map<Path, String> files) {
    return PromptOrder.of(task.header().type()).parts().stream()
        .map(part -> part(part, task, refinement, files))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n\n", "", "\n"));
  }

  private String part(
      Part part, TaskFile task, Optional<Refinement> refinement, Map<Path, String> files) {
    return switch (part) {
      case TASK -> title(task, refinement);
      case DELIVERABLES ->
          list("DELIVERABLES:", task.deliverables().stream().map(TaskFile.Deliverable::path));
      case SUCCESS_CRITERIA ->
          list("SUCCESS CRITERIA:", task.criteria().stream().map(PromptBuilder::criterion));
      case CONTEXT_FILES ->
          list(
              "CONTEXT FILES: Read these first, and follow them.",
              files.entrySet().stream()
                  .map(
                      file -> "%s (sha256 %.12s)".formatted(name(file.getKey()), file.getValue())));
      case TECHNICAL_SPECIFICATIONS -> section("TECHNICAL SPECIFICATIONS:", task, part);
      case CONSTRAINTS -> section("CONSTRAINTS:", task, part);
    };
  }

  private static String title(TaskFile task, Optional<Refinement> refinement) {
    String title =
        "TASK: %s, as defined in %s.".formatted(task.title().orElse(task.id()), task.path());
    return title
        + refinement.map(r -> "\n" + r.words()).orElse("")
        + "\nChange the deliverables and nothing else; `afp task verify %s` judges the work, and it alone ticks boxes."
            .formatted(task.id());
  }

  private static String criterion(Criterion criterion) {
    String by =
        criterion
            .verify()
            .map(command -> "judged by `%s`".formatted(command))
            .orElseGet(() -> "judged by " + criterion.manual().orElse("a person"));
    return "%s %s (%s)".formatted(criterion.id(), criterion.text(), by);
  }

  private static String list(String head, Stream<String> items) {
    return items.map(item -> "\n- " + item).collect(Collectors.joining("", head, ""));
  }

  private static String section(String head, TaskFile task, Part part) {
    return Optional.ofNullable(task.parts().get(part))
        .map(section -> task.document().below(section))
        .filter(text -> !text.isBlank())
        .map(text -> head + "\n" + text)
        .orElse("");
  }

  /** As text between marks that are longer than any in it; empty for what is no text. */
  private String included(Path file) {
    try {
      if (Files.size(file) > room) {
        return "";
      }
      String text = clean(Files.readString(file).strip());
      return "\nFILE %s\n%s\n%s\n%2$s\n".formatted(name(file), Fence.around(text), text);
    } catch (CharacterCodingException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String name(Path file) {
    return ProcessTree.name(tree.root(), file);
  }

  private static String clean(String text) {
    return Secrets.without(text, System.getenv());
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
