package io.afp.core.settings;

import io.afp.core.error.AfpException;
import io.afp.core.error.Problem;
import java.util.List;
import java.util.Map;

/**
 * Settings that were read, and what was found on the way.
 *
 * @param settings as far as they can be used; what can't be is empty
 * @param unusable the settings without a usable value, and what they are instead: unresolved, wrong
 */
public record CheckedSettings(
    Settings settings, Map<String, String> unusable, List<Problem> problems) {

  public CheckedSettings {
    unusable = Map.copyOf(unusable);
    problems = List.copyOf(problems);
  }

  /** Whether all settings whose names begin so have a value that can be used. */
  public boolean isUsable(String prefix) {
    return unusable.keySet().stream().noneMatch(key -> key.startsWith(prefix));
  }

  /** All settings as {@link Settings#shown}; in place of a value that can't be used stands why. */
  public List<ShownSetting> shown() {
    return settings.shown().stream()
        .map(s -> new ShownSetting(s.key(), unusable.getOrDefault(s.key(), s.value()), s.origin()))
        .toList();
  }

  /**
   * The settings.
   *
   * @throws AfpException with all problems, if one of them is an error
   */
  public Settings orThrow() {
    if (problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR)) {
      throw AfpException.of(problems);
    }
    return settings;
  }
}
