package io.afp.core.settings;

import java.util.Optional;

/**
 * Gives the values that settings refer to as <code>${scheme:key}</code>, such as <code>
 * ${env:PASSWORD}</code>.
 *
 * <p>Implementations are found by {@link java.util.ServiceLoader}, in the jars of {@code classpath}
 * too, and have a public constructor without parameters. The command asks them as drivers do, and
 * has no Spark on its class path. They must not log what they give.
 */
public interface SecretProvider {

  /** The word before the colon; {@code env} and {@code file} are taken. */
  String scheme();

  /** The value for a key; empty when there is none. */
  Optional<String> find(String key);
}
