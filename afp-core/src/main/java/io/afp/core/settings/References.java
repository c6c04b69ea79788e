package io.afp.core.settings;

import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problems;
import io.afp.core.yaml.Nearest;
import io.afp.core.yaml.Placed.At;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values in the place of references such as <code>${env:X}</code>.
 *
 * <p>What can't be resolved is reported and resolving goes on, so that all of them are seen at
 * once. A value never gets into a message.
 */
final class References {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^:}]*):([^}]*)\\}");
  private static final String FIX = "Define it, or refer to another one.";

  private final Map<String, SecretProvider> providers = new TreeMap<>();
  private final Problems problems;

  private References(Problems problems) {
    this.problems = problems;
  }

  static References of(Path root, Map<String, String> environment, Problems problems) {
    References references = new References(problems);
    // The loader of the interface, because spark-submit gives user jars a loader of their own.
    ServiceLoader.load(SecretProvider.class, SecretProvider.class.getClassLoader())
        .forEach(references::add);
    references.add(new EnvironmentSecrets(environment));
    references.add(new FileSecrets(root));
    return references;
  }

  private void add(SecretProvider provider) {
    providers.put(provider.scheme(), provider);
  }

  /** The references in a text, as they are written. */
  static List<String> in(String text) {
    return REFERENCE.matcher(text).results().map(MatchResult::group).toList();
  }

  /** The text with values in it; a reference that can't be resolved becomes nothing. */
  String resolve(At<String> text) {
    return REFERENCE
        .matcher(text.value())
        .replaceAll(reference -> Matcher.quoteReplacement(resolve(reference, text)));
  }

  private String resolve(MatchResult reference, At<String> text) {
    SecretProvider provider = providers.get(reference.group(1));
    if (provider == null) {
      String known = String.join(", ", providers.keySet());
      String otherwise = "Known kinds: %s.".formatted(known);
      String fix = Nearest.fix(reference.group(1), providers.keySet(), otherwise);
      report(reference, text, "there is no such kind of reference", fix);
      return "";
    }
    return find(provider, reference.group(2))
        .orElseGet(
            () -> {
              report(reference, text, "it is not there", FIX);
              return "";
            });
  }

  /** A provider is foreign code whose messages may hold anything: a failure counts as not found. */
  private static Optional<String> find(SecretProvider provider, String key) {
    try {
      return provider.find(key);
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private void report(MatchResult reference, At<String> text, String why, String fix) {
    problems.error(
        ErrorCode.SETTING_UNRESOLVED,
        "Cannot resolve %s: %s".formatted(reference.group(), why),
        text.location(),
        fix);
  }
}
