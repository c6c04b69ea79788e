package io.afp.agentic.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.agentic.scaffold.Upgrade.Change;
import io.afp.agentic.scaffold.Upgrade.State;
import io.afp.core.error.AfpException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever people did to a file of the scaffold, an upgrade loses nothing of it. */
class UpgradeTest {

  private static final String FILE = "agent-prompts/standards/naming.md";
  private static final String OLD = "# Naming\n\nold rule\n\nlast\n";
  private static final String NEW = "# Naming\n\nnew rule\n\nlast\n";

  @TempDir Path root;

  @BeforeEach
  void aFileOfTheVersionBefore() {
    write(FILE, OLD);
    write(Scaffold.base(FILE), OLD);
  }

  @Test
  void aFileThatNobodyChangedIsReplaced() {
    assertThat(upgraded()).isEqualTo(State.REPLACED);
    assertThat(text(FILE)).isEqualTo(NEW);
    assertThat(upgraded()).as("again").isEqualTo(State.CURRENT);
  }

  @Test
  void anEditElsewhereIsMerged() {
    write(FILE, OLD + "mine\n");

    assertThat(upgraded()).isEqualTo(State.MERGED);
    assertThat(text(FILE)).isEqualTo(NEW + "mine\n");
    assertThat(upgraded()).as("again").isEqualTo(State.KEPT);
    assertThat(text(FILE)).isEqualTo(NEW + "mine\n");
  }

  @Test
  void anEditOfTheSamePlaceStaysAndBothAreShownBesideIt() {
    write(FILE, OLD.replace("old", "mine"));

    assertThat(upgraded()).isEqualTo(State.CONFLICT);
    assertThat(text(FILE)).contains("mine rule").doesNotContain("new rule");
    assertThat(text(FILE + ".rej")).contains("<<<<<<< yours\nmine rule\n=======\nnew rule\n");
    assertThat(upgraded()).as("until somebody decides").isEqualTo(State.CONFLICT);

    assertThat(upgraded(FILE)).isEqualTo(State.KEPT);
    assertThat(upgraded()).as("after that").isEqualTo(State.KEPT);
    assertThat(text(FILE)).contains("mine rule");
  }

  @Test
  void aFileBesideInWhichSomebodyIsAtWorkStays() {
    write(FILE, OLD.replace("old", "mine"));
    write(FILE + ".rej", "half of it\n");

    assertThatThrownBy(this::upgraded)
        .isInstanceOf(AfpException.class)
        .hasMessageContaining(FILE + ".rej");
    assertThat(text(FILE + ".rej")).isEqualTo("half of it\n");
  }

  @Test
  void aScriptThatIsReplacedCanBeRunAsBefore() {
    root.resolve(FILE).toFile().setExecutable(true);

    assertThat(upgraded()).isEqualTo(State.REPLACED);
    assertThat(root.resolve(FILE)).isExecutable();
  }

  @Test
  void aFileThatWasDeletedStaysDeleted() throws IOException {
    Files.delete(root.resolve(FILE));

    assertThat(upgraded()).isEqualTo(State.DELETED);
    assertThat(root.resolve(FILE)).doesNotExist();
  }

  @Test
  void aFileThatIsNewIsWritten() throws IOException {
    Files.delete(root.resolve(FILE));
    Files.delete(root.resolve(Scaffold.base(FILE)));

    assertThat(upgraded()).isEqualTo(State.WRITTEN);
    assertThat(text(FILE)).isEqualTo(NEW);
  }

  @Test
  void aFileThatAfpDidNotWriteIsKept() throws IOException {
    Files.delete(root.resolve(Scaffold.base(FILE)));

    assertThat(upgraded()).isEqualTo(State.KEPT);
    assertThat(text(FILE)).isEqualTo(OLD);
  }

  @Test
  void endsOfLinesAndAMarkAtTheBeginningStay() {
    write(FILE, "\uFEFF" + (OLD + "mine\n").replace("\n", "\r\n"));

    assertThat(upgraded()).isEqualTo(State.MERGED);
    assertThat(text(FILE)).isEqualTo("\uFEFF" + (NEW + "mine\n").replace("\n", "\r\n"));
  }

  @Test
  void aFileInAnotherEncodingIsKept() throws IOException {
    byte[] latin = "# Größe\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(root.resolve(FILE), latin);

    assertThat(upgraded()).isEqualTo(State.KEPT);
    assertThat(Files.readAllBytes(root.resolve(FILE))).isEqualTo(latin);
  }

  @Test
  void aLinkAndWhatIsBehindItAreKept(@TempDir Path elsewhere) throws IOException {
    Path there = Files.move(root.resolve(FILE), elsewhere.resolve("naming.md"));
    Files.createSymbolicLink(root.resolve(FILE), there);
    assertThat(upgraded()).isEqualTo(State.KEPT);
    assertThat(there).hasContent(OLD);

    Files.delete(root.resolve(FILE));
    Files.delete(root.resolve(FILE).getParent());
    Files.createSymbolicLink(root.resolve(FILE).getParent(), elsewhere);
    assertThat(upgraded()).isEqualTo(State.KEPT);
    assertThat(there).hasContent(OLD);

    Files.delete(there);
    Files.delete(root.resolve(Scaffold.base(FILE)));
    assertThat(upgraded()).isEqualTo(State.KEPT);
    assertThat(upgraded()).as("again").isEqualTo(State.KEPT);
    assertThat(there).doesNotExist();
  }

  private State upgraded(String... yours) {
    SortedMap<String, String> files = new TreeMap<>();
    files.put(FILE, NEW);
    Upgrade upgrade = new Upgrade(root, new Scaffold(files, files), Set.of(yours));
    Change change = upgrade.plan().get(0);
    upgrade.apply(upgrade.plan());
    return change.state();
  }

  private String text(String file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String file, String text) {
    try {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
