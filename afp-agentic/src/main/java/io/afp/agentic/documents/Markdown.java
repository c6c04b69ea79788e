package io.afp.agentic.documents;

import java.util.List;
import java.util.Optional;

/**
 * A document as data. What is in code, fenced, indented or between backquotes, is no prose, no
 * heading and no link.
 *
 * @param path the file, from the root of the project
 * @param frontMatter the YAML at its beginning
 * @param sections its headings, in their order
 * @param prose its words, line by line
 * @param links where its links lead to
 * @param lines all its lines
 */
public record Markdown(
    String path,
    Optional<FrontMatter> frontMatter,
    List<Section> sections,
    List<Piece> prose,
    List<Piece> links,
    List<String> lines) {

  /** Reads a document; every text is one. */
  public static Markdown parse(String path, String text) {
    List<String> lines = Lines.of(text);
    Optional<FrontMatter> frontMatter = FrontMatter.of(path, lines);
    return new MarkdownReader(lines, frontMatter.map(FrontMatter::end).orElse(0))
        .read(path, frontMatter);
  }

  /** The first section whose title begins with these words, in any case. */
  public Optional<Section> section(String title) {
    return sections.stream()
        .filter(s -> s.title().regionMatches(true, 0, title, 0, title.length()))
        .findFirst();
  }

  /** All lines below a heading up to the next one of its level or above. */
  public String below(Section section) {
    int end =
        sections.stream()
            .filter(s -> s.line() > section.line() && s.level() <= section.level())
            .mapToInt(s -> s.line() - 1)
            .findFirst()
            .orElse(lines.size());
    return String.join("\n", lines.subList(section.line(), end)).strip();
  }

  /** The name of the file without its ending. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.md$", "");
  }
}
