package io.afp.core.settings;

import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problems;
import io.afp.core.yaml.Nearest;
import io.afp.core.yaml.Placed.At;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
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

  private final SecretProviders providers;
  private final Problems problems;

  /** References to what these give. */
  References(SecretProviders providers, Problems problems) {
    this.providers = providers;
    this.problems = problems;
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
    try {
      Optional<SecretProvider> provider = providers.find(reference.group(1));
      if (provider.isEmpty()) {
        report(reference, text, "there is no such kind of reference", otherKind(reference));
        return "";
      }
      Optional<String> value = find(provider.get(), reference.group(2));
      if (value.isEmpty()) {
        report(reference, text, "it is not there", FIX);
      }
      return value.orElse("");
    } catch (ServiceConfigurationError e) {
      report(
          reference,
          text,
          "a jar names a provider that can't be made (%s)".formatted(e.getMessage()),
          "Give the class a public constructor without arguments, and name it right in META-INF/services.");
      return "";
    }
  }

  private String otherKind(MatchResult reference) {
    String known = "Known kinds: %s.".formatted(String.join(", ", providers.schemes()));
    String otherwise =
        providers.lacksJars()
            ? "Build the jars that classpath names, one of which may have it. " + known
            : known;
    return Nearest.fix(reference.group(1), providers.schemes(), otherwise);
  }

  /** A provider is foreign code whose messages may hold anything: a failure counts as not found. */
  private static Optional<String> find(SecretProvider provider, String key) {
    try {
      Optional<String> value = provider.find(key);
      return value == null ? Optional.empty() : value;
    } catch (RuntimeException | LinkageError e) {
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
