package io.afp.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another {@link Reader} begins with the README and goes on with those of the examples. */
class ReadmesIT {

  static final List<String> PAGES =
      List.of(
          "README.md",
          "afp-examples/README.md",
          "afp-examples/flights/README.md",
          "afp-examples/rotations/README.md");

  @Test
  void everyCommandOfThePagesDoesWhatThePagesShow(@TempDir Path folder) throws IOException {
    new Reader().read(folder, PAGES);
  }
}
