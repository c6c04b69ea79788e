package io.afp.agentic.progress;

import io.afp.agentic.documents.Markdown;
import io.afp.agentic.documents.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Blockers and notes of modules, as people wrote them into the file of the current one. Those of
 * other modules stay at its end, under headings such as {@code Notes of orders}, until their turn
 * comes.
 *
 * @param texts headings with what is behind and below them, by {@code Notes of orders}
 */
record ModuleNotes(Map<String, Note> texts) {

  private static final List<String> KINDS = List.of("Blockers", "Notes");
  private static final String NONE = "None";

  /**
   * What people wrote at one heading.
   *
   * @param subject behind the colon
   * @param below the heading
   */
  record Note(String subject, String below) {

    boolean isEmpty() {
      return below.isEmpty() && (subject.isEmpty() || subject.equals(NONE));
    }

    String text(String heading) {
      String first = "## %s: %s".formatted(heading, isEmpty() ? NONE : subject).strip();
      return below.isEmpty() ? first : first + "\n\n" + below;
    }
  }

  /** Those of the file that is there. */
  static ModuleNotes of(Optional<Markdown> file) {
    Map<String, Note> texts = new TreeMap<>();
    if (file.isPresent()) {
      String current = file.get().section("Module:").flatMap(Section::subject).orElse("");
      for (Section section : file.get().sections()) {
        String name = section.name();
        String key = KINDS.contains(name) ? key(name, current) : name;
        if (KINDS.stream().anyMatch(kind -> key.startsWith(kind + " of "))) {
          Note note = new Note(section.subject().orElse(""), file.get().below(section));
          texts.putIfAbsent(key, note);
        }
      }
    }
    return new ModuleNotes(texts);
  }

  private static String key(String kind, String module) {
    return "%s of %s".formatted(kind, module);
  }

  /** All of them, those of a module first. */
  String text(String module) {
    StringBuilder text = new StringBuilder();
    for (String kind : KINDS) {
      Note note = texts.getOrDefault(key(kind, module), new Note("", ""));
      text.append(note.text(kind)).append("\n\n");
    }
    texts.forEach(
        (key, note) -> {
          if (!note.isEmpty() && !key.endsWith(" of " + module)) {
            text.append(note.text(key)).append("\n\n");
          }
        });
    return text.toString().strip();
  }
}
