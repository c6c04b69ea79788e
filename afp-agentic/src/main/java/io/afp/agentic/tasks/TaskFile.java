package io.afp.agentic.tasks;

import io.afp.agentic.documents.Markdown;
import io.afp.agentic.documents.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A task as it is written.
 *
 * @param document the file
 * @param id {@code module/feature}, from the place of the file
 * @param header its front matter
 * @param title what is to be done, from the heading
 * @param parts the first section of each of its parts, in their order
 * @param isOlder whether it has the older form
 */
public record TaskFile(
    Markdown document,
    String id,
    TaskHeader header,
    Optional<String> title,
    Map<Part, Section> parts,
    List<Deliverable> deliverables,
    List<Criterion> criteria,
    List<ContextReference> contextFiles,
    boolean isOlder) {

  /**
   * A file that has to be there in the end.
   *
   * @param path from the root of the project, as it is written
   */
  public record Deliverable(String path, int line) {}

  /** A file to read before. */
  public record ContextReference(String path, int line) {}

  /** The file, from the root of the project. */
  public String path() {
    return document.path();
  }

  /** The line of a key of the front matter, or the first one. */
  public int line(String key) {
    return document.frontMatter().map(f -> f.line(key)).orElse(1);
  }

  /** The part before the slash. */
  public String module() {
    return id.substring(0, id.indexOf('/'));
  }

  /** The paths of the deliverables. */
  public Set<String> deliverablePaths() {
    return deliverables.stream().map(Deliverable::path).collect(Collectors.toSet());
  }
}
