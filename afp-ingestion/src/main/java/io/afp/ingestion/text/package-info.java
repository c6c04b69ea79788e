/** The text of files, whatever its compression and encoding. */
package io.afp.ingestion.text;
