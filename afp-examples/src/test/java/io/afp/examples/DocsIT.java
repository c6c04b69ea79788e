package io.afp.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@link Reader} goes through the pages in {@code docs}, each from where the last one ended. */
class DocsIT {

  static final List<String> PAGES =
      List.of("docs/guide.md", "docs/operations.md", "docs/java-models.md");

  @Test
  void everyCommandOfThePagesDoesWhatThePagesShow(@TempDir Path folder) throws IOException {
    new Reader().read(folder, PAGES);
  }
}
