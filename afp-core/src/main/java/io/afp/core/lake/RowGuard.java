package io.afp.core.lake;

import io.afp.core.definition.CheckDef;
import org.apache.spark.sql.Column;

/**
 * A check that keeps rows out of a table.
 *
 * @param value what was judged, as text; may be null
 * @param words what is wrong, in words that the value follows
 * @param measure counts the rows that obey, and those that were judged: a row of which it is false
 *     is kept out
 */
public record RowGuard(CheckDef check, Column value, String words, Measure measure) {}
