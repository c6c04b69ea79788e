package io.afp.agentic.tasks;

import io.afp.agentic.documents.Item;
import io.afp.agentic.documents.Markdown;
import io.afp.agentic.documents.Section;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tasks.TaskFile.ContextReference;
import io.afp.agentic.tasks.TaskFile.Deliverable;
import io.afp.agentic.tree.ProcessTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads tasks, in the form of six sections and in the older one. */
public final class TaskReader {

  /** The folder of tasks. */
  public static final String FOLDER = "tasks";

  private static final Pattern PLACE =
      Pattern.compile(Pattern.quote(ProcessTree.path(FOLDER)) + "/([^/]+/[^/]+)\\.md");
  private static final Pattern NUMBERED =
      Pattern.compile("\\*{0,2}(SC-\\d+)\\*{0,2}:?\\s+(.*)", Pattern.DOTALL);

  private TaskReader() {}

  /** All tasks of a project, by the places of their files. */
  public static List<TaskFile> all(ProcessTree tree, Findings findings) {
    return tree.documentsIn(FOLDER).stream()
        .flatMap(document -> read(document, findings).stream())
        .toList();
  }

  /** A task; empty where a file of that place is none. */
  static Optional<TaskFile> read(Markdown document, Findings findings) {
    Matcher place = PLACE.matcher(document.path());
    if (!place.matches()) {
      findings.add(
          Code.TSK013,
          document.path(),
          0,
          "Cannot read %s as a task: its place is not tasks/module/feature.md"
              .formatted(document.path()));
    }
    return place.matches()
        ? Optional.of(read(document, place.group(1), findings))
        : Optional.empty();
  }

  private static TaskFile read(Markdown document, String id, Findings findings) {
    Map<Part, Section> parts = new LinkedHashMap<>();
    for (Section section : document.sections()) {
      Part.of(section).ifPresent(part -> parts.putIfAbsent(part, section));
    }
    return new TaskFile(
        document,
        id,
        TaskHeader.read(document.frontMatter(), findings),
        Optional.ofNullable(parts.get(Part.TASK)).flatMap(Section::subject),
        parts,
        items(parts, Part.DELIVERABLES).stream().map(TaskReader::deliverable).toList(),
        criteria(items(parts, Part.SUCCESS_CRITERIA)),
        items(parts, Part.CONTEXT_FILES).stream().map(TaskReader::contextFile).toList(),
        document.sections().stream().anyMatch(Part::isOlder));
  }

  private static List<Item> items(Map<Part, Section> parts, Part part) {
    return Optional.ofNullable(parts.get(part)).map(Section::items).orElse(List.of());
  }

  /** What is between backquotes, else the words up to a dash. */
  private static Deliverable deliverable(Item item) {
    String path = item.code().orElse(item.words().replaceFirst("\\s+[-–(].*", ""));
    return new Deliverable(path.strip(), item.line());
  }

  /** What comes after {@code Schema:}. */
  private static ContextReference contextFile(Item item) {
    String words = item.words().replaceFirst("^[A-Za-z ]+:\\s+", "");
    return new ContextReference(item.code().orElse(words).strip(), item.line());
  }

  private static List<Criterion> criteria(List<Item> items) {
    List<Criterion> criteria = new ArrayList<>();
    for (Item item : items) {
      Matcher numbered = NUMBERED.matcher(item.words());
      boolean hasId = numbered.matches();
      criteria.add(
          new Criterion(
              hasId ? numbered.group(1) : "SC-" + (criteria.size() + 1),
              hasId ? numbered.group(2).strip() : item.words(),
              item.ticked().orElse(false),
              said(item, "verify"),
              said(item, "manual"),
              item.line()));
    }
    return List.copyOf(criteria);
  }

  private static Optional<String> said(Item item, String word) {
    return item.children().stream()
        .filter(child -> child.after(word).isPresent())
        .map(child -> child.code().or(() -> child.after(word)).orElse(""))
        .findFirst();
  }
}
