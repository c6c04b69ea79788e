package io.afp.core.definition;

import io.afp.core.error.Location;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** What fills a table that has no source. */
public sealed interface ModelDef {

  /** Where it is written. */
  Location location();

  /** What it is, in the words of a message. */
  String title();

  /**
   * A query that fills a table.
   *
   * @param file the SQL file, as a user would name it
   * @param sql its text
   */
  record Query(String file, String sql) implements ModelDef {

    /** The query without the semicolons, blanks and comments that may stand behind it. */
    public String withoutEnd() {
      return SqlText.withoutEnd(sql);
    }

    /**
     * Those of these tables that it names outside of literals and comments. It is not parsed, so a
     * column with the name of a table counts too.
     */
    public List<TableName> named(Collection<TableName> tables) {
      String words = SqlText.words(sql);
      return tables.stream().filter(table -> isNamed(table, words)).sorted().toList();
    }

    private static boolean isNamed(TableName table, String words) {
      String name = "(?<![\\w.])(?:lake\\.)?" + Pattern.quote(table.toString()) + "(?!\\w)";
      return Pattern.compile(name).matcher(words).find();
    }

    @Override
    public Location location() {
      return Location.file(file);
    }

    @Override
    public String title() {
      return "the query of " + file;
    }
  }

  /**
   * A class that fills a table.
   *
   * @param name the binary name, such as {@code com.acme.Sessions} or {@code com.acme.Shop$Carts}
   * @param location where the table names it
   */
  record JavaClass(String name, Location location) implements ModelDef {

    @Override
    public String title() {
      return "model " + name;
    }
  }

  /** A program of one's own that fills a table, through a job of its own. */
  record Program() implements ModelDef {

    @Override
    public Location location() {
      return Location.nowhere();
    }

    @Override
    public String title() {
      return "a program";
    }
  }
}
