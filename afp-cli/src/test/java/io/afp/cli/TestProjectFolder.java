package io.afp.cli;

import io.afp.core.ledger.Database;
import io.afp.core.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A project with a name that is not plain, and a ledger of its own in the Postgres of the tests.
 */
final class TestProjectFolder {

  private final Path root;
  private final Database.Account account;

  private TestProjectFolder(Path root, Database.Account account) {
    this.root = root;
    this.account = account;
  }

  static TestProjectFolder in(Path folder, Database.Account account) {
    TestProjectFolder project =
        new TestProjectFolder(folder.resolve("Flüge aus New York"), account);
    project.write("afp.yaml", "lake: { uri: \"%s\" }\n".formatted(account.uri()));
    return project;
  }

  static TestProjectFolder withLedger(Path folder) {
    return in(folder, TestPostgres.ledger());
  }

  Path root() {
    return root;
  }

  void write(String file, String text) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Executes statements on the ledger. */
  void execute(String sql) {
    try (Database database = Database.open(account, "test")) {
      database.useTransaction(handle -> handle.execute(sql));
    }
  }

  /** Runs a command on this project; its words are parted by blanks. */
  TestCommand afp(String call, String... more) {
    String[] words = TestCommand.words(call, more);
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--project";
    all[words.length + 1] = root.toString();
    return TestCommand.run(all);
  }
}
