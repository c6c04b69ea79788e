/** Files to tables: found by interval, read by their format, brought to their contract. */
package io.afp.ingestion.file;
