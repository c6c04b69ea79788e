package io.afp.agentic.modules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the {@code pom.xml} in the root of a project says of modules and versions.
 *
 * @param text without comments
 */
public record Reactor(String text) {

  private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");
  private static final Pattern MODULE = Pattern.compile("<module>\\s*([^<\\s]+)\\s*</module>");

  /** That of a project; empty where it has no such file, or none that can be read. */
  public static Optional<Reactor> read(Path root) {
    Path pom = root.resolve("pom.xml");
    if (!Files.isRegularFile(pom)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Reactor(COMMENT.matcher(Files.readString(pom)).replaceAll("")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Its modules; none where it is a single one. */
  public Set<String> modules() {
    return MODULE.matcher(text).results().map(m -> m.group(1)).collect(Collectors.toSet());
  }

  /** The property {@code <word>.version}. */
  public Optional<String> version(String word) {
    Matcher property =
        Pattern.compile("<%1$s\\.version>\\s*([^<\\s]+)\\s*</".formatted(Pattern.quote(word)))
            .matcher(text);
    return property.find() ? Optional.of(property.group(1)) : Optional.empty();
  }
}
