package io.afp.core.settings;

import java.util.Optional;

/** A provider that is found as a user's would be; the key backwards is the value. */
public final class ReversedSecrets implements SecretProvider {

  @Override
  public String scheme() {
    return "reversed";
  }

  @Override
  public Optional<String> find(String key) {
    if (key.equals("broken")) {
      throw new IllegalStateException("the value is s3cret");
    }
    return Optional.of(new StringBuilder(key).reverse().toString());
  }
}
