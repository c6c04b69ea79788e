/** Sources to tables: files by interval, read as strings, brought to their contract. */
package io.afp.ingestion;
