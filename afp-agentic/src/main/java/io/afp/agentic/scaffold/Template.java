package io.afp.agentic.scaffold;

import io.afp.agentic.documents.Block;
import io.afp.core.text.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file of the scaffold; what is in it is a resource.
 *
 * @param kind which projects get it
 * @param place where it goes, from the root of the project, with variables in it
 */
record Template(Kind kind, String place) {

  private static final String INDEX = "files.txt";
  private static final String ENDING = ".template";

  /** Which projects get a file. */
  enum Kind {
    /** All; it stays a file of AFP, and later versions of it are merged. */
    COMMON,
    /** All; it is drafted from what is there, and belongs to the project from then on. */
    DRAFT,
    /** A new project, with the example that it describes. */
    EXAMPLE,
    /** A project that was there before, with guidance where only people know. */
    EXISTING
  }

  /** All of them. */
  static List<Template> all() {
    return Resource.text(Template.class, INDEX).lines().map(Template::parse).toList();
  }

  private static Template parse(String line) {
    int slash = line.indexOf('/');
    String place = line.substring(slash + 1, line.length() - ENDING.length());
    return new Template(Kind.valueOf(line.substring(0, slash).toUpperCase(Locale.ROOT)), place);
  }

  /** Its place and its text in a project. */
  Map.Entry<String, String> render(Map<String, String> variables) {
    String folder = kind.name().toLowerCase(Locale.ROOT);
    String text = Resource.text(Template.class, "%s/%s%s".formatted(folder, place, ENDING));
    return Map.entry(filled(place, variables), Block.replaced(filled(text, variables), variables));
  }

  private static String filled(String text, Map<String, String> variables) {
    String filled = text;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      filled = filled.replace("@%s@".formatted(variable.getKey()), variable.getValue());
    }
    return filled;
  }
}
