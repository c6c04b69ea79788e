package io.afp.core.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Files that hold one value each, as container platforms mount them. */
record FileSecrets(Path root) implements SecretProvider {

  @Override
  public String scheme() {
    return "file";
  }

  @Override
  public Optional<String> find(String key) {
    try {
      String text = Files.readString(root.resolve(key));
      return Optional.of(text.replaceFirst("\\r?\\n\\z", ""));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
