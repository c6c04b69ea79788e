package io.afp.core.ledger;

import io.afp.core.definition.TableName;

/** How the ledger writes down what a unit was made of. */
public final class InputText {

  private static final String FILE = "file:";
  private static final String TABLE = "table:";

  /**
   * The version of a table that the same run writes; publish puts the number of its release in its
   * place.
   */
  public static final String THIS_RUN = "run";

  private InputText() {}

  /** A file with its checksum. */
  public static String file(String path, String checksum) {
    return FILE + path + "=" + checksum;
  }

  /** A table with the release, or the pointer, that says which rows were read. */
  public static String table(TableName table, String version) {
    return TABLE + table + "=" + version;
  }

  static boolean isFile(String text) {
    return text.startsWith(FILE);
  }

  static String path(String text) {
    return text.substring(FILE.length(), text.lastIndexOf('='));
  }

  static String checksum(String text) {
    return text.substring(text.lastIndexOf('=') + 1);
  }

  static String resolve(String text, long release) {
    boolean ofRun = text.startsWith(TABLE) && text.endsWith("=" + THIS_RUN);
    return ofRun ? text.substring(0, text.length() - THIS_RUN.length()) + release : text;
  }
}
