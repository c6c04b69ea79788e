package io.afp.core.definition;

/**
 * A query that fills a table.
 *
 * @param file the SQL file, as a user would name it
 * @param sql its text
 */
public record ModelDef(String file, String sql) {}
