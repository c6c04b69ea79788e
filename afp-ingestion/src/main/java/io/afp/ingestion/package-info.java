/** Sources to tables; each kind of source has a package. */
package io.afp.ingestion;
