package io.afp.agentic.scaffold;

import io.afp.agentic.scaffold.Template.Kind;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files with which the process of a project begins.
 *
 * @param files their texts, by their places from the root of the project
 * @param kept those of them that stay files of AFP, so that later versions are merged
 */
public record Scaffold(SortedMap<String, String> files, SortedMap<String, String> kept) {

  /** Where the texts are that AFP wrote last of the files that are kept in step. */
  public static final String BASES = ".afp/templates";

  /** Those of a project with the example that `afp init` writes. */
  public static Scaffold ofNew(Survey survey, String name) {
    return of(survey, name, Set.of(Kind.COMMON, Kind.DRAFT, Kind.EXAMPLE));
  }

  /** Those of a project that was there before. */
  public static Scaffold ofExisting(Survey survey, String name) {
    return of(survey, name, Set.of(Kind.COMMON, Kind.DRAFT, Kind.EXISTING));
  }

  private static Scaffold of(Survey survey, String name, Set<Kind> kinds) {
    Map<String, String> variables = new Draft(survey, name).variables();
    SortedMap<String, String> files = new TreeMap<>();
    SortedMap<String, String> kept = new TreeMap<>();
    for (Template template : Template.all()) {
      if (kinds.contains(template.kind())) {
        Map.Entry<String, String> file = template.render(variables);
        files.put(file.getKey(), file.getValue());
        if (template.kind() == Kind.COMMON) {
          kept.put(file.getKey(), file.getValue());
        }
      }
    }
    return new Scaffold(files, kept);
  }

  /** Where the text is kept that AFP wrote last of a file. */
  public static String base(String place) {
    return "%s/%s".formatted(BASES, place);
  }
}
