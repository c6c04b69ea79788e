package io.afp.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.afp.agentic.lint.Lint;
import io.afp.core.ledger.Database;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.Driver;

/**
 * Prints the names of all classes by which commands read the ledger and the documents of the
 * process, for the archive of classes that the launcher makes: there may be no Postgres and no
 * process with which a command could load them.
 */
final class LedgerClasses {

  private static final String CLASS = ".class";

  private LedgerClasses() {}

  public static void main(String[] arguments) throws IOException, URISyntaxException {
    for (Class<?> one :
        List.of(
            Driver.class,
            HikariDataSource.class,
            Jdbi.class,
            Database.class,
            Lint.class,
            Parser.class,
            TablesExtension.class,
            Afp.class)) {
      Path jar = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (JarFile file = new JarFile(jar.toFile())) {
        file.stream()
            .map(JarEntry::getName)
            .filter(LedgerClasses::isClass)
            .forEach(LedgerClasses::print);
      }
    }
  }

  private static boolean isClass(String entry) {
    return entry.endsWith(CLASS) && !entry.startsWith("META-INF") && !entry.contains("-info");
  }

  private static void print(String entry) {
    System.out.println(entry.substring(0, entry.length() - CLASS.length()));
  }
}
