package io.afp.core.definition;

/**
 * A query that fills a table.
 *
 * @param file the SQL file, as a user would name it
 * @param sql its text
 */
public record ModelDef(String file, String sql) {

  private static final ModelDef IN_JAVA = new ModelDef("", "filled in Java");

  /** The model of a table that a Java program fills. */
  public static ModelDef inJava() {
    return IN_JAVA;
  }
}
