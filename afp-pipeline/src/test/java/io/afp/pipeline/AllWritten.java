package io.afp.pipeline;

import io.afp.core.ledger.Database;
import io.afp.core.ledger.Database.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** All that runs have written, to be searched for what they must not write. */
final class AllWritten {

  private AllWritten() {}

  /** All rows of all tables of a database, as JSON: ledger, catalog, and what is served. */
  static List<String> rows(Account account) {
    try (Database database = Database.open(account, "afp/test")) {
      return database.inTransaction(
          handle ->
              handle
                  .createQuery(
                      """
                      SELECT quote_ident(table_schema) || '.' || quote_ident(table_name)
                        FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
                      """)
                  .mapTo(String.class)
                  .stream()
                  .flatMap(
                      table ->
                          handle
                              .createQuery("SELECT row_to_json(t)::text FROM %s t".formatted(table))
                              .mapTo(String.class)
                              .stream())
                  .toList());
    }
  }

  /** All files of a folder but for those of another one, byte by byte. */
  static List<String> files(Path folder, Path but) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(but))
          .map(AllWritten::content)
          .toList();
    }
  }

  private static String content(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
