package io.afp.core.settings;

import java.util.Map;
import java.util.Optional;

/** The variables of the process. */
record EnvironmentSecrets(Map<String, String> variables) implements SecretProvider {

  @Override
  public String scheme() {
    return "env";
  }

  @Override
  public Optional<String> find(String key) {
    return Optional.ofNullable(variables.get(key));
  }

  @Override
  public String toString() {
    return "EnvironmentSecrets";
  }
}
