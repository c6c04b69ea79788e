package io.afp.agentic.documents;

import io.afp.core.error.Problems;
import io.afp.core.yaml.Document;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Listed;
import io.afp.core.yaml.Scalar;
import io.afp.core.yaml.Value;
import java.util.List;
import java.util.Optional;

/**
 * The YAML between two lines {@code ---} with which a document begins.
 *
 * @param value its mapping, with the lines of the document; empty when it can't be read
 * @param problems why it can't be read
 * @param end the line of the second mark, from 1
 */
public record FrontMatter(Optional<Value> value, Problems problems, int end) {

  private static final String MARK = "---";
  private static final Scalar<String> TEXT = Scalar.text("a text");
  private static final Listed<String> TEXTS =
      new Listed<>(new Items<>(TEXT, "a list of texts"), "a list of texts");

  /** That of a document; empty when it begins with something else. */
  static Optional<FrontMatter> of(String path, List<String> lines) {
    if (!lines.get(0).stripTrailing().equals(MARK)) {
      return Optional.empty();
    }
    Problems problems = new Problems();
    int end = 1;
    while (end < lines.size() && !lines.get(end).stripTrailing().equals(MARK)) {
      end++;
    }
    // The first line becomes an empty one, so that lines are counted as in the document.
    String yaml = "\n" + String.join("\n", lines.subList(1, end));
    Optional<Value> value = Document.parse(yaml, path, problems);
    return Optional.of(new FrontMatter(value, problems, Math.min(end + 1, lines.size())));
  }

  /** The text under a key. */
  public Optional<String> text(String key) {
    return find(key).flatMap(TEXT::read);
  }

  /** The texts under a key; none when it is missing or something else. */
  public List<String> texts(String key) {
    return find(key).flatMap(TEXTS::read).orElse(List.of());
  }

  /** The line of a key, or the first one. */
  public int line(String key) {
    return find(key).map(found -> found.location().line()).orElse(1);
  }

  private Optional<Value> find(String key) {
    return value.flatMap(root -> root.find(key));
  }
}
