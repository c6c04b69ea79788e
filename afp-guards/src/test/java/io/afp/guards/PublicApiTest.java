package io.afp.guards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What others compile against changes only when somebody has seen it. */
public class PublicApiTest {

  private static final String UPDATE =
      "./mvnw -pl afp-guards -am test -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dafp.update=true";

  @Test
  void isThatOfTheBaseline() throws IOException {
    Path file = Reactor.module("afp-guards").resolve("public-api.txt");
    String now = String.join("\n", PublicApi.ofTheReactor().lines()) + "\n";
    if (Boolean.getBoolean("afp.update")) {
      Files.writeString(file, now);
      fail("%s is written: look at the difference, then run without afp.update", file);
    }
    assertThat(Files.readString(file))
        .as(
            "The public API is another one. If that is meant, say in the commit what a project has to"
                + " change, and accept it by: %s",
            UPDATE)
        .isEqualTo(now);
  }

  @Test
  void namesOnlyWhatIsPromisedOrHandedOnUnopened() throws IOException {
    assertThat(PublicApi.ofTheReactor().named())
        .as("types of ours in the public API that are not part of it: see docs/import.md")
        .containsExactly(
            "io.afp.core.lake.Contract$Conformed",
            "io.afp.core.lake.RawRows",
            "io.afp.core.ledger.Phase",
            "io.afp.core.yaml.Field");
  }

  @Test
  void hasWhatCanBeSeenFromOutsideAndNothingElse() {
    assertThat(PublicApi.of(List.of(Open.class)).lines())
        .containsExactly(
            "public static class io.afp.guards.PublicApiTest$Open : java.lang.Comparable<java.lang.String>",
            "  protected int inherited",
            "  protected io.afp.guards.PublicApiTest$Open(int)",
            "  public int compareTo(java.lang.String)");
    assertThat(PublicApi.of(List.of(Open.Hidden.class)).lines()).isEmpty();
  }

  /** A class with all kinds of members. */
  public static class Open implements Comparable<String> {
    protected int inherited;

    protected Open(int inherited) {
      this.inherited = inherited;
    }

    @Override
    public int compareTo(String other) {
      return secret() + other.length();
    }

    int secret() {
      return inherited;
    }

    static class Hidden {
      public void shown() {}
    }
  }
}
