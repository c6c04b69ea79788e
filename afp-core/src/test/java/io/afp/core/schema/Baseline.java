package io.afp.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A checked-in file that is generated: compared, or written when that is asked for. A build that
 * writes one is never green.
 */
final class Baseline {

  private static final String UPDATE =
      "./mvnw -pl afp-core test -Dtest='SchemaTest,KeyTableTest' -Dafp.update=true";

  private Baseline() {}

  static void check(Path file, String generated) throws IOException {
    if (Boolean.getBoolean("afp.update")) {
      write(file, generated);
    }
    assertThat(file).as("Make it by: %s", UPDATE).exists();
    assertThat(Files.readString(file))
        .as("%s does not fit the declaration any more. Update it by: %s", file, UPDATE)
        .isEqualTo(generated);
  }

  static void write(Path file, String generated) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, generated);
    fail("%s is written: look at the difference, then run without afp.update", file);
  }
}
