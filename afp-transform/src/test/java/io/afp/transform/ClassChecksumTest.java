package io.afp.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassChecksumTest {

  private static final String CODE =
      """
      public class M {
        static final int LIMIT = 1;
        public Runnable work(int x) {
          int y = x + LIMIT;
          Runnable named = new Runnable() {
            public void run() { System.getProperty("anonymous"); }
          };
          return () -> { named.run(); new Deep.Deeper().toString(); };
        }
        static class Deep {
          static class Deeper { public String toString() { return "deeper"; } }
        }
      }
      """;

  @TempDir Path root;

  @Test
  void isHexadecimalSha256() {
    assertThat(checksum(CODE)).matches("[0-9a-f]{64}").isEqualTo(checksum(CODE));
  }

  @Test
  void staysWithCommentsFormatAndNamesOfVariables() {
    String written =
        CODE.replace("int y", "// one more\n\n   int z")
            .replace("public Runnable", "/** Works. */\n public Runnable");
    assertThat(checksum(written)).isEqualTo(checksum(CODE));
  }

  @Test
  void changesWithWhatTheClassDoes() {
    assertThat(checksum(CODE.replace("LIMIT = 1", "LIMIT = 2"))).isNotEqualTo(checksum(CODE));
    assertThat(checksum(CODE.replace("named.run();", "named.run(); named.run();")))
        .as("in a lambda")
        .isNotEqualTo(checksum(CODE));
  }

  @Test
  void changesWithTheClassesInsideIt() {
    assertThat(checksum(CODE.replace("\"anonymous\"", "\"other\"")))
        .as("one without a name")
        .isNotEqualTo(checksum(CODE));
    assertThat(checksum(CODE.replace("return \"deeper\"", "return \"other\"")))
        .as("one in one that is inside")
        .isNotEqualTo(checksum(CODE));
  }

  private String checksum(String source) {
    CompiledModels models = new CompiledModels(root);
    models.compile("M", source);
    return models.with(() -> ClassChecksum.of(loaded()));
  }

  private static Class<?> loaded() {
    try {
      return Class.forName("acme.M", false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
