package io.afp.core.lake;

import io.afp.core.definition.CheckDef;
import org.apache.spark.sql.Column;

/**
 * A check that keeps rows out of a table.
 *
 * @param broken true for a row that breaks it; else false or null
 * @param value what was judged, as text; may be null
 * @param words what is wrong, in words that the value follows
 * @param measure counts the rows that obey, and those that were judged
 */
public record RowGuard(
    CheckDef check, Column broken, Column value, String words, Measure measure) {}
